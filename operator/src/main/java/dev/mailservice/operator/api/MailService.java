package dev.mailservice.operator.api;

import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One line of Postfix's {@code master.cf} over a fleet: one service, one port, one process limit,
 * one stress state.
 */
@Group(MailService.GROUP)
@Version("v1alpha1")
@Plural("mailservices")
@Singular("mailservice")
@ShortNames("ms")
@ValidationRule(
    value =
        "self.metadata.name.size() <= 45 &&"
            + " self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name names a Service and starts others' names: at most 45 lower case letters,"
            + " digits and hyphens, a letter first")
public final class MailService extends CustomResource<MailServiceSpec, MailServiceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** The API group of this project. */
  public static final String GROUP = "mailservice.dev";
}
