package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.cluster.Fleet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fleets as the Deployment controller makes them. */
final class Cluster {
  private Cluster() {}

  static Fleet fleet(Deployment deployment, ReplicaSet... replicaSets) {
    return new Fleet(
        Optional.of(deployment), List.of(replicaSets), List.of(), Optional.empty(), List.of());
  }

  static Fleet with(Fleet fleet, String... configMaps) {
    return new Fleet(
        fleet.deployment(),
        fleet.replicaSets(),
        fleet.pods(),
        fleet.service(),
        Stream.of(configMaps).map(Cluster::configMap).toList());
  }

  static ConfigMap configMap(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  static Deployment deployment(String stress, int replicas, String config, boolean seen) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withGeneration(7L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(Labels.STRESS, stress)
        .endMetadata()
        .withNewSpec()
        .addNewVolume()
        .withName("main-cf")
        .withNewConfigMap()
        .withName(config)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(seen ? 7L : 6L)
        .endStatus()
        .build();
  }

  static ReplicaSet replicaSet(String stress, int wanted, String config) {
    Deployment template = deployment(stress, wanted, config, true);
    return new ReplicaSetBuilder()
        .withNewSpec()
        .withReplicas(wanted)
        .withTemplate(template.getSpec().getTemplate())
        .endSpec()
        .build();
  }
}
