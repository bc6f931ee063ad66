package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.cluster.OnRealCluster;
import dev.mailservice.e2e.demo.Chart;
import dev.mailservice.e2e.demo.FleetChange;
import dev.mailservice.e2e.demo.Installation;
import dev.mailservice.e2e.demo.LocalCluster;
import dev.mailservice.e2e.demo.RunRecord;
import dev.mailservice.e2e.demo.Scenario;
import dev.mailservice.e2e.demo.ScenarioListener;
import dev.mailservice.e2e.demo.ScenarioPlan;
import dev.mailservice.e2e.demo.Summary;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.HogKind;
import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the whole product promises, on a real cluster. */
@OnRealCluster
class FloodIT {
  private static final ScenarioPlan PLAN =
      new ScenarioPlan(400, HogKind.IDLE, 5, 30, 10, 90, 30, 1);
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

  private static Installation installation;

  @BeforeAll
  static void install(LocalCluster cluster) throws InterruptedException {
    installation = new Installation(ROOT, cluster);
    if (installation.isPresent()) {
      installation.remove();
    }
    installation.loadImages();
    installation.installOperator();
    installation.applyExamples(PLAN.revertAfterSeconds());
  }

  @AfterAll
  static void remove() throws InterruptedException {
    installation.remove();
  }

  @Test
  void goodMailGetsThroughAFloodOfFourTimesTheSlotsAndTheFleetReturnsByItself(LocalCluster cluster)
      throws InterruptedException, IOException {
    Scenario.Result result = new Scenario(cluster, PLAN, Clock.systemUTC(), new Silent()).run();

    Summary summary = result.summary();
    System.out.println(
        "FloodIT: " + Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(summary));
    Files.writeString(
        ROOT.resolve("e2e/target/FloodIT.html"), Chart.html(result.record(), summary, PLAN));

    SoftAssertions.assertSoftly(
        softly -> {
          softly
              .assertThat(summary.shareFromOnset())
              .as("share from onset")
              .isGreaterThanOrEqualTo(0.99);
          softly
              .assertThat(summary.share())
              .as("share of the whole run")
              .isGreaterThanOrEqualTo(0.99);
          softly
              .assertThat(mostHogs(result.record()))
              .as("hogs at once; there are fewer where too few files may be open")
              .isGreaterThanOrEqualTo(390);
          softly
              .assertThat(summary.goodOffered())
              .as("good mail offered in the whole run, 5 a second")
              .isGreaterThanOrEqualTo(475);
          softly.assertThat(summary.replicasMax()).as("replicas").isGreaterThanOrEqualTo(2);
          softly.assertThat(summary.p99S()).as("p99 in seconds").isLessThanOrEqualTo(20);
          softly.assertThat(summary.acknowledged()).as("acknowledged").isPositive();
          softly.assertThat(summary.acknowledgedLost()).as("acknowledged and lost").isZero();
          softly
              .assertThat(summary.stressToScaleS())
              .as("seconds from stress to scale")
              .isNotNull()
              .isBetween(-3.0, 3.0);
          softly
              .assertThat(summary.calmPodsAfterDecision())
              .as("calm pods made after the decision")
              .isZero();
          softly.assertThat(summary.reverted()).as("reverted by itself").isTrue();
        });
    assertThat(summary.onsetToFirstStressedBannerS())
        .as("a client has seen the stressed greeting")
        .isNotNull();
  }

  private static int mostHogs(RunRecord run) {
    return run.samples().stream()
        .mapToInt(sample -> sample.second().hogsWaiting() + sample.second().hogsHolding())
        .max()
        .orElse(0);
  }

  private static final class Silent implements ScenarioListener {
    @Override
    public void second(RunRecord.Sample sample) {}

    @Override
    public void flood(FloodEvent event) {}

    @Override
    public void fleet(FleetChange change) {}
  }
}
