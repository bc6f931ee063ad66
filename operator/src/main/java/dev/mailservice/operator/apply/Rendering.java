package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.cluster.Fleet;
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
   * @param fleet what there is, which decides what the next step is
   */
  public Resources render(MailService mailService, Target target, Fleet fleet) {
    @Nullable String image = mailService.getSpec().image();
    return new Resources(
        MainCfConfigMap.of(mailService),
        SmtpService.of(mailService),
        SmtpdDeployment.of(
            mailService,
            Personality.of(target),
            Sequence.replicas(target, fleet),
            MainCfConfigMap.name(mailService),
            image == null ? defaultImage : image));
  }
}
