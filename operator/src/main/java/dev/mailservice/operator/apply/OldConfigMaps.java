package dev.mailservice.operator.apply;

import dev.mailservice.operator.cluster.Fleet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Optional;
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
  public static List<ConfigMap> of(Fleet fleet, Optional<ConfigMap> current) {
    if (fleet.replicaSets().isEmpty()) {
      return List.of();
    }
    Set<String> referred =
        Stream.of(
                fleet.deployment().flatMap(MountedConfig::name).stream(),
                fleet.replicaSets().stream().flatMap(set -> MountedConfig.name(set).stream()),
                current.map(found -> found.getMetadata().getName()).stream())
            .flatMap(names -> names)
            .collect(Collectors.toSet());
    return fleet.configMaps().stream()
        .filter(found -> !referred.contains(found.getMetadata().getName()))
        .toList();
  }
}
