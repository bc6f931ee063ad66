package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.cluster.Fleet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes what should be in the cluster for a MailService. Deterministic. */
public final class Rendering {
  private final String defaultImage;

  /**
   * @param defaultImage image of the SMTP server where a MailService names none
   */
  public Rendering(String defaultImage) {
    this.defaultImage = defaultImage;
  }

  /**
   * The resources of {@code mailService} for the next step towards {@code target}.
   *
   * @param configValid whether its {@code main.cf} can be run; if not, pods keep the one they have
   * @param fleet what there is, which decides what the next step is
   */
  public Resources render(
      MailService mailService, boolean configValid, Target target, Fleet fleet) {
    Optional<ConfigMap> configMap =
        configValid ? Optional.of(MainCfConfigMap.of(mailService)) : Optional.empty();
    Optional<String> mounted =
        configMap
            .map(made -> made.getMetadata().getName())
            .or(() -> fleet.deployment().flatMap(MountedConfig::name));
    return new Resources(
        configMap,
        SmtpService.of(mailService),
        mounted.map(name -> deployment(mailService, target, fleet, name)));
  }

  private Deployment deployment(
      MailService mailService, Target target, Fleet fleet, String configMap) {
    @Nullable String image = mailService.getSpec().image();
    return SmtpdDeployment.of(
        mailService,
        Personality.of(target),
        Sequence.replicas(target, fleet),
        configMap,
        image == null ? defaultImage : image);
  }
}
