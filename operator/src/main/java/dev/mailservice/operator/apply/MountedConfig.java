package dev.mailservice.operator.apply;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Optional;

/** Which ConfigMap holds the {@code main.cf} of pods that there are. */
final class MountedConfig {
  private MountedConfig() {}

  static Optional<String> name(Deployment deployment) {
    return name(deployment.getSpec().getTemplate());
  }

  static Optional<String> name(ReplicaSet replicaSet) {
    return name(replicaSet.getSpec().getTemplate());
  }

  private static Optional<String> name(PodTemplateSpec template) {
    return template.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(SmtpdContainer.CONFIG_VOLUME))
        .filter(volume -> volume.getConfigMap() != null)
        .map(volume -> volume.getConfigMap().getName())
        .findFirst();
  }
}
