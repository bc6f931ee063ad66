package dev.mailservice.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.operator.decision.PodPhase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PodsTest {

  @Test
  void a_ready_pod_serves_and_one_that_is_not_starts() {
    assertThat(Pods.phase(pod("True", "10.0.0.7"))).isEqualTo(PodPhase.SERVING);
    assertThat(Pods.phase(pod("False", "10.0.0.7"))).isEqualTo(PodPhase.STARTING);
    assertThat(Pods.phase(new PodBuilder().withNewMetadata().endMetadata().build()))
        .isEqualTo(PodPhase.STARTING);
  }

  @Test
  void a_pod_that_is_being_deleted_drains_though_it_is_ready() {
    Pod deleted =
        new PodBuilder(pod("True", "10.0.0.7"))
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    assertThat(Pods.phase(deleted)).isEqualTo(PodPhase.DRAINING);
  }

  @Test
  void metrics_are_on_the_admin_port_of_either_family() {
    assertThat(Pods.metrics(pod("True", "10.0.0.7")))
        .contains(URI.create("http://10.0.0.7:8080/metrics"));
    assertThat(Pods.metrics(pod("True", "fd00::7")))
        .contains(URI.create("http://[fd00::7]:8080/metrics"));
  }

  @Test
  void a_pod_without_an_address_has_no_metrics_yet() {
    assertThat(Pods.metrics(pod("False", ""))).isEmpty();
    assertThat(Pods.metrics(new PodBuilder().build())).isEmpty();
  }

  private static Pod pod(String ready, String address) {
    return new PodBuilder()
        .withNewMetadata()
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .withPodIP(address)
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .endCondition()
        .endStatus()
        .build();
  }
}
