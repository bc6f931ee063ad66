package dev.mailservice.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Optional;

/**
 * What there is of one MailService in the cluster, by owner and not by name or label alone.
 *
 * @param deployment its Deployment
 * @param replicaSets the Deployment's
 * @param pods the ReplicaSets'
 * @param service its Service
 * @param configMaps its ConfigMaps, those of earlier configurations among them
 */
public record Fleet(
    Optional<Deployment> deployment,
    List<ReplicaSet> replicaSets,
    List<Pod> pods,
    Optional<Service> service,
    List<ConfigMap> configMaps) {
  /** Nothing yet. */
  public static final Fleet NONE =
      new Fleet(Optional.empty(), List.of(), List.of(), Optional.empty(), List.of());

  /** Copies the lists. */
  public Fleet {
    replicaSets = List.copyOf(replicaSets);
    pods = List.copyOf(pods);
    configMaps = List.copyOf(configMaps);
  }
}
