package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.cluster.OnRealCluster;
import dev.mailservice.e2e.demo.Installation;
import dev.mailservice.e2e.demo.LocalCluster;
import dev.mailservice.e2e.roll.RollResult;
import dev.mailservice.e2e.roll.Rolls;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Some of the rolls that {@code e2e/rolls} makes 200 of. */
@OnRealCluster
class RollIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
  private static final int ROLLS = 5;
  private static final int PODS = 2;
  private static final int HOUR = 3600;

  private static Installation installation;

  @BeforeAll
  static void install(LocalCluster cluster) throws InterruptedException {
    installation = new Installation(ROOT, cluster);
    if (installation.isPresent()) {
      installation.remove();
    }
    installation.loadImages();
    installation.installOperator();
    installation.applyExamples(HOUR);
  }

  @AfterAll
  static void remove() throws InterruptedException {
    installation.remove();
  }

  @Test
  void everyGoodClientGetsItsReplyWhileTheFleetIsRolledUnderAFlood(LocalCluster cluster)
      throws Exception {
    List<RollResult> results = new ArrayList<>();

    Rolls.Ledger ledger =
        new Rolls(cluster, 1, PODS, it -> System.out.println("RollIT: " + it))
            .run(IntStream.range(0, ROLLS).boxed().toList(), Instant.MAX, results::add);

    assertThat(results).hasSize(ROLLS);
    assertThat(results)
        .allSatisfy(it -> assertThat(it.strangers()).as("roll %d", it.number()).isEmpty());
    assertThat(results).allSatisfy(it -> assertThat(it.podsEnded()).isPositive());
    assertThat(ledger.acknowledged()).isPositive();
    assertThat(ledger.lost()).isEmpty();
  }
}
