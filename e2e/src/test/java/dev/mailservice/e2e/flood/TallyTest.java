package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mailservice.e2e.smtp.Stage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void countsOutcomesApartAndRefusalsByCode() {
    end(Outcome.ACCEPTED, 250);
    end(Outcome.REFUSED, 421);
    end(Outcome.REFUSED, 421);
    end(Outcome.REFUSED, 554);
    end(Outcome.TIMED_OUT, 0);
    end(Outcome.RESET, 0);
    tally.offered();

    Totals totals = tally.totals();

    assertThat(totals.offered()).isEqualTo(7);
    assertThat(totals.accepted()).isEqualTo(1);
    assertThat(totals.refused()).isEqualTo(Map.of(421, 2L, 554, 1L));
    assertThat(totals.refusedInAll()).isEqualTo(3);
    assertThat(totals.timedOut()).isEqualTo(1);
    assertThat(totals.broken()).isEqualTo(1);
    assertThat(totals.share()).isEqualTo(1.0 / 7);
  }

  @Test
  void tellsTheLatencyOfAcceptedMailOnly() {
    for (int millis = 1; millis <= 100; millis++) {
      tally.ended(
          new Delivery(
              "id",
              Phase.FLOOD,
              Outcome.ACCEPTED,
              Stage.FINAL_REPLY,
              250,
              Duration.ofMillis(millis),
              ""));
    }
    tally.ended(
        new Delivery(
            "id",
            Phase.FLOOD,
            Outcome.TIMED_OUT,
            Stage.FINAL_REPLY,
            0,
            Duration.ofSeconds(30),
            ""));

    Latency latency = tally.totals().latency();

    assertThat(latency.count()).isEqualTo(100);
    assertThat(latency.p50S()).isCloseTo(0.050, within(0.0001));
    assertThat(latency.p99S()).isCloseTo(0.099, within(0.0001));
    assertThat(latency.maxS()).isCloseTo(0.100, within(0.0001));
  }

  @Test
  void aDrainedTallyStartsAgainFromNothing() {
    end(Outcome.REFUSED, 421);

    assertThat(tally.drain().refused()).isEqualTo(Map.of(421, 1L));
    assertThat(tally.drain()).isEqualTo(new Tally().totals());
  }

  @Test
  void talliesAddUp() {
    end(Outcome.ACCEPTED, 250);
    end(Outcome.REFUSED, 421);
    Tally sum = new Tally();
    sum.add(tally);
    sum.add(tally);

    assertThat(sum.totals().offered()).isEqualTo(4);
    assertThat(sum.totals().refused()).isEqualTo(Map.of(421, 2L));
    assertThat(sum.totals().latency().count()).isEqualTo(2);
  }

  @Test
  void nothingOfferedIsNothingLost() {
    assertThat(tally.totals().share()).isEqualTo(1);
  }

  private void end(Outcome outcome, int code) {
    tally.offered();
    tally.ended(
        new Delivery(
            "id", Phase.FLOOD, outcome, Stage.FINAL_REPLY, code, Duration.ofMillis(3), ""));
  }
}
