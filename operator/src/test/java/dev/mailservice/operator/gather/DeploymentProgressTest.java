package dev.mailservice.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.decision.Rollout;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class DeploymentProgressTest {

  @Test
  void a_rollout_is_complete_when_all_pods_are_new_available_and_no_other_is_left() {
    assertThat(DeploymentProgress.of(deployment("yes", 7, 2, 2, 2)))
        .isEqualTo(new Rollout(2, true, true));
    assertThat(DeploymentProgress.of(deployment("no", 7, 2, 2, 2)))
        .isEqualTo(new Rollout(2, false, true));
  }

  @Test
  void a_rollout_is_not_complete_while_anything_of_it_is_missing() {
    assertThat(DeploymentProgress.of(deployment("no", 6, 2, 2, 2)).complete())
        .as("the controller has not seen it")
        .isFalse();
    assertThat(DeploymentProgress.of(deployment("no", 7, 1, 2, 2)).complete())
        .as("a pod is of the old template")
        .isFalse();
    assertThat(DeploymentProgress.of(deployment("no", 7, 2, 3, 2)).complete())
        .as("an old pod is left")
        .isFalse();
    assertThat(DeploymentProgress.of(deployment("no", 7, 2, 2, 1)).complete())
        .as("a pod is not available")
        .isFalse();
  }

  @Test
  void a_deployment_without_a_status_has_not_begun() {
    Deployment unseen = deployment("no", 7, 2, 2, 2);
    unseen.setStatus(null);

    assertThat(DeploymentProgress.of(unseen)).isEqualTo(new Rollout(2, false, false));
  }

  private static Deployment deployment(
      String stress, long observedGeneration, int updated, int replicas, int available) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withGeneration(7L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(Labels.STRESS, stress)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(observedGeneration)
        .withUpdatedReplicas(updated)
        .withReplicas(replicas)
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }
}
