package dev.mailservice.operator.apply;

import static dev.mailservice.operator.apply.Cluster.deployment;
import static dev.mailservice.operator.apply.Cluster.fleet;
import static dev.mailservice.operator.apply.Cluster.replicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.operator.cluster.Fleet;
import org.junit.jupiter.api.Test;

class SequenceTest {
  private static final Target FOUR_STRESSED = new Target(4, true);

  @Test
  void replicas_wait_while_the_template_is_still_calm() {
    var fleet = fleet(deployment("no", 2, "c", true), replicaSet("no", 2, "c"));

    assertThat(Sequence.replicas(FOUR_STRESSED, fleet)).isEqualTo(2);
  }

  @Test
  void replicas_wait_until_the_deployment_controller_has_seen_the_stressed_template() {
    var fleet = fleet(deployment("yes", 2, "c", false), replicaSet("no", 0, "c"));

    assertThat(Sequence.replicas(FOUR_STRESSED, fleet)).isEqualTo(2);
  }

  @Test
  void replicas_wait_while_a_calm_replica_set_wants_a_pod() {
    var fleet =
        fleet(deployment("yes", 2, "c", true), replicaSet("no", 1, "c"), replicaSet("yes", 2, "c"));

    assertThat(Sequence.replicas(FOUR_STRESSED, fleet)).isEqualTo(2);
  }

  @Test
  void replicas_wait_until_the_stressed_replica_set_is_there() {
    var fleet = fleet(deployment("yes", 2, "c", true));

    assertThat(Sequence.replicas(FOUR_STRESSED, fleet)).isEqualTo(2);
  }

  @Test
  void replicas_follow_when_no_calm_replica_set_wants_a_pod() {
    var fleet =
        fleet(
            deployment("yes", 2, "c", true),
            replicaSet("no", 0, "a"),
            replicaSet("no", 0, "c"),
            replicaSet("yes", 2, "c"));

    assertThat(Sequence.replicas(FOUR_STRESSED, fleet)).isEqualTo(4);
  }

  @Test
  void a_new_fleet_and_a_calm_one_do_not_wait() {
    var fleet = fleet(deployment("yes", 2, "c", true), replicaSet("yes", 2, "c"));

    assertThat(Sequence.replicas(FOUR_STRESSED, Fleet.NONE)).isEqualTo(4);
    assertThat(Sequence.replicas(new Target(3, false), fleet)).isEqualTo(3);
  }
}
