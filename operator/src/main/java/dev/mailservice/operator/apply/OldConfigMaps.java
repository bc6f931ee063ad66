package dev.mailservice.operator.apply;

import dev.mailservice.operator.cluster.Fleet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configurations that nothing can roll back to any more. */
public final class OldConfigMaps {
  private OldConfigMaps() {}

  /**
   * The ConfigMaps of {@code fleet} that neither the Deployment, nor any of its ReplicaSets, nor
   * {@code current} refers to. None while there is no ReplicaSet to ask.
   */
  public static List<ConfigMap> of(Fleet fleet, ConfigMap current) {
    if (fleet.replicaSets().isEmpty()) {
      return List.of();
    }
    Set<String> referred =
        Stream.concat(
                fleet.deployment().stream().map(found -> found.getSpec().getTemplate()),
                fleet.replicaSets().stream().map(found -> found.getSpec().getTemplate()))
            .flatMap(OldConfigMaps::references)
            .collect(Collectors.toSet());
    return fleet.configMaps().stream()
        .filter(found -> !referred.contains(found.getMetadata().getName()))
        .filter(found -> !found.getMetadata().getName().equals(current.getMetadata().getName()))
        .toList();
  }

  private static Stream<String> references(PodTemplateSpec template) {
    return template.getSpec().getVolumes().stream()
        .filter(volume -> volume.getConfigMap() != null)
        .map(volume -> volume.getConfigMap().getName());
  }
}
