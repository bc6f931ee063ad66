package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.ImageContract;
import dev.mailservice.operator.api.MailServiceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/** The container of the SMTP server. */
final class SmtpdContainer {
  /** Name of the volume that holds {@code main.cf}. */
  static final String CONFIG_VOLUME = "main-cf";

  private static final String ADMIN_PORT_NAME = "admin";

  private SmtpdContainer() {}

  static Container of(MailServiceSpec spec, String image, Personality personality) {
    return new ContainerBuilder()
        .withName(ImageContract.CONTAINER)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withArgs(arguments(spec, personality))
        .addNewPort()
        .withName(SmtpService.PORT_NAME)
        .withContainerPort(ImageContract.SMTP_PORT)
        .withProtocol("TCP")
        .endPort()
        .addNewPort()
        .withName(ADMIN_PORT_NAME)
        .withContainerPort(ImageContract.ADMIN_PORT)
        .withProtocol("TCP")
        .endPort()
        .addNewVolumeMount()
        .withName(CONFIG_VOLUME)
        .withMountPath(ImageContract.CONFIG_DIRECTORY)
        .withReadOnly(true)
        .endVolumeMount()
        // A pod must reach clients fast, and a full one is still ready: only its own word counts.
        .withReadinessProbe(probe("/readyz", 1, 3))
        .withLivenessProbe(probe("/livez", 10, 6))
        .withNewResources()
        .addToRequests("cpu", new Quantity("50m"))
        .addToRequests("memory", new Quantity("128Mi"))
        .endResources()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  private static List<String> arguments(MailServiceSpec spec, Personality personality) {
    return List.of(
        "-c",
        ImageContract.CONFIG_DIRECTORY,
        "--listen",
        "[::]:" + ImageContract.SMTP_PORT,
        "--admin",
        "[::]:" + ImageContract.ADMIN_PORT,
        "--drain-timeout",
        spec.drain().timeoutSeconds() + "s",
        "-o",
        "default_process_limit=" + spec.processLimit(),
        "-o",
        personality.option());
  }

  private static Probe probe(String path, int periodSeconds, int failureThreshold) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(ADMIN_PORT_NAME)
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failureThreshold)
        .build();
  }
}
