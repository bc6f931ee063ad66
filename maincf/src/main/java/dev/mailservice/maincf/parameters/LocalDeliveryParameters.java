package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** local(8), for a machine alone: where mail is kept that no next hop takes. */
public final class LocalDeliveryParameters {
  /** Where users' maildirs are. */
  public static final Parameter<String> MAIL_SPOOL_DIRECTORY =
      Parameter.of(
          "mail_spool_directory",
          string(),
          "/var/mail",
          IMPLEMENTED,
          "",
          "The directory of users' maildirs, which must end in a slash; counts where"
              + " smtpd_proxy_filter is empty.");

  static final List<Parameter<?>> ALL = List.of(MAIL_SPOOL_DIRECTORY);

  private LocalDeliveryParameters() {}
}
