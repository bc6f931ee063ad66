package dev.mailservice.operator.apply;

import dev.mailservice.operator.cluster.Fleet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Map;
import java.util.Objects;

/**
 * In which order a fleet becomes stressed: first the template, then the number of pods.
 *
 * <p>The Deployment controller sees a change of replicas before it sees a change of the template
 * and scales the old ReplicaSet, so both in one patch make calm pods that nobody wants. Hence the
 * replicas wait, at what they are, until no calm ReplicaSet wants a pod. The surge of the roll
 * doubles the pods meanwhile. Nothing is remembered: the ReplicaSets tell which step is next.
 */
final class Sequence {
  private Sequence() {}

  /** The number of pods to ask for now, on the way to {@code target}. */
  static int replicas(Target target, Fleet fleet) {
    if (!target.stressed() || fleet.deployment().isEmpty()) {
      return target.replicas();
    }
    Deployment deployment = fleet.deployment().get();
    int current = deployment.getSpec().getReplicas();
    return mayScale(deployment, current, fleet) ? target.replicas() : current;
  }

  private static boolean mayScale(Deployment deployment, int current, Fleet fleet) {
    return Personality.STRESSED.isOf(labels(deployment))
        && seen(deployment)
        && wanted(fleet, Personality.CALM) == 0
        && wanted(fleet, Personality.STRESSED) >= current;
  }

  /** Whether the Deployment controller has seen the Deployment as it is. */
  private static boolean seen(Deployment deployment) {
    return deployment.getStatus() != null
        && Objects.equals(
            deployment.getStatus().getObservedGeneration(),
            deployment.getMetadata().getGeneration());
  }

  private static int wanted(Fleet fleet, Personality personality) {
    return fleet.replicaSets().stream()
        .filter(set -> personality.isOf(set.getSpec().getTemplate().getMetadata().getLabels()))
        .map(ReplicaSet::getSpec)
        .mapToInt(spec -> spec.getReplicas())
        .sum();
  }

  private static Map<String, String> labels(Deployment deployment) {
    return deployment.getSpec().getTemplate().getMetadata().getLabels();
  }
}
