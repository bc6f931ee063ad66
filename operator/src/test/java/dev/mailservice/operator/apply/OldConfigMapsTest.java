package dev.mailservice.operator.apply;

import static dev.mailservice.operator.apply.Cluster.configMap;
import static dev.mailservice.operator.apply.Cluster.deployment;
import static dev.mailservice.operator.apply.Cluster.fleet;
import static dev.mailservice.operator.apply.Cluster.replicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OldConfigMapsTest {

  @Test
  void what_no_replica_set_refers_to_is_old() {
    var fleet =
        Cluster.with(
            fleet(
                deployment("no", 1, "deployed", true),
                replicaSet("no", 1, "deployed"),
                replicaSet("no", 0, "previous")),
            "next",
            "deployed",
            "previous",
            "old");

    assertThat(OldConfigMaps.of(fleet, Optional.of(configMap("next"))))
        .extracting(found -> found.getMetadata().getName())
        .containsExactly("old");
  }

  @Test
  void nothing_is_old_while_no_replica_set_is_known() {
    var fleet = Cluster.with(fleet(deployment("no", 1, "deployed", true)), "deployed", "old");

    assertThat(OldConfigMaps.of(fleet, Optional.empty())).isEmpty();
  }
}
