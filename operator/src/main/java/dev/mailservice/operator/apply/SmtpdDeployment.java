package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/** The Deployment of the fleet. */
final class SmtpdDeployment {
  private static final long USER = 65532;

  /** Given to a pod beyond its drain, to end by itself before it is killed. */
  private static final int GRACE_SECONDS = 10;

  /** Both personalities of this configuration and of the one before it. */
  private static final int OLD_REPLICA_SETS = 3;

  /** The server starts within a second; after this long without progress something is wrong. */
  private static final int PROGRESS_DEADLINE_SECONDS = 120;

  private SmtpdDeployment() {}

  /**
   * @param replicas how many pods, which may not yet be the target's number: see {@link Sequence}
   * @param configMap name of the ConfigMap to mount
   */
  static Deployment of(
      MailService mailService,
      Personality personality,
      int replicas,
      String configMap,
      String image) {
    String name = mailService.getMetadata().getName();
    return new DeploymentBuilder()
        .withMetadata(Metadata.of(mailService, name))
        .withNewSpec()
        .withReplicas(replicas)
        .withStrategy(personality.strategy())
        .withRevisionHistoryLimit(OLD_REPLICA_SETS)
        .withProgressDeadlineSeconds(PROGRESS_DEADLINE_SECONDS)
        .withNewSelector()
        .withMatchLabels(Labels.selector(name))
        .endSelector()
        .withTemplate(template(name, mailService.getSpec(), personality, configMap, image))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec template(
      String name, MailServiceSpec spec, Personality personality, String configMap, String image) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.selector(name))
        .addToLabels(Labels.STRESS, personality.label())
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds((long) spec.drain().timeoutSeconds() + GRACE_SECONDS)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(SmtpdContainer.of(spec, image, personality))
        .addNewVolume()
        .withName(SmtpdContainer.CONFIG_VOLUME)
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }
}
