package dev.mailservice.operator.gather;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.decision.Rollout;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far a Deployment is with its rollout. */
final class DeploymentProgress {
  private DeploymentProgress() {}

  static Rollout of(Deployment deployment) {
    return new Rollout(
        deployment.getSpec().getReplicas(),
        "yes"
            .equals(
                deployment.getSpec().getTemplate().getMetadata().getLabels().get(Labels.STRESS)),
        complete(deployment));
  }

  /** As {@code kubectl rollout status} judges it. */
  private static boolean complete(Deployment deployment) {
    @Nullable DeploymentStatus status = deployment.getStatus();
    if (status == null
        || !Objects.equals(
            status.getObservedGeneration(), deployment.getMetadata().getGeneration())) {
      return false;
    }
    int wanted = deployment.getSpec().getReplicas();
    return count(status.getUpdatedReplicas()) == wanted
        && count(status.getReplicas()) == wanted
        && count(status.getAvailableReplicas()) == wanted;
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
