package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.mailservice.e2e.loss.NoLoss;
import dev.mailservice.e2e.loss.RoundPlan;
import dev.mailservice.e2e.loss.RoundResult;
import dev.mailservice.e2e.loss.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One round of each kind of those that {@code e2e/bench no-loss} plays a thousand of. Another seed
 * each time; {@code -Dno-loss.seed=…} repeats one.
 */
class NoLossIT {
  private static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
  private static final int ROUNDS = 10;
  private static final int AT_A_TIME = 2;
  private static final long SEED =
      Long.getLong("no-loss.seed", new Random().nextInt(Integer.MAX_VALUE));

  @TempDir private Path folder;

  @Test
  void nothingThatWasAcknowledgedIsLostWhateverHappensToTheServer() throws Exception {
    System.out.println("NoLossIT: -Dno-loss.seed=" + SEED);

    List<RoundResult> results =
        new NoLoss(ROOT, AT_A_TIME, System.out::println)
            .play(Side.SMTPD, SEED, ROUNDS, folder.resolve("results.jsonl"));

    assertThat(results)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.isGood()).as("%s", it).isTrue());
    if (results.size() < ROUNDS) {
      String missing = missing(results);
      // With CI=true this must be seen; without, the banner at the end says it.
      assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
      abort(missing);
    }
  }

  private static String missing(List<RoundResult> results) {
    return "%d of %d rounds, for the others root is needed: %s and the like"
        .formatted(
            results.size(),
            ROUNDS,
            List.of(RoundPlan.of(SEED, 3).kind(), RoundPlan.of(SEED, 7).kind()));
  }
}
