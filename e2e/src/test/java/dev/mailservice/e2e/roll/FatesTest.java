package dev.mailservice.e2e.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.flood.Delivery;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.Outcome;
import dev.mailservice.e2e.flood.Phase;
import dev.mailservice.e2e.smtp.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FatesTest {
  private final Fates fates = new Fates();

  private void mail(String id, Outcome outcome, Stage stage, int code) {
    fates.add(
        new FloodEvent.Mail(
            Instant.EPOCH,
            new Delivery(id, Phase.FLOOD, outcome, stage, code, Duration.ofMillis(3), "detail")));
  }

  @Test
  void tellsAResetFromASilentCloseAndFromA421AndWhereItWas() {
    mail("1", Outcome.ACCEPTED, Stage.FINAL_REPLY, 250);
    mail("2", Outcome.REFUSED, Stage.GREETING, 421);
    mail("3", Outcome.RESET, Stage.CONTENT, 0);
    mail("4", Outcome.CLOSED, Stage.FINAL_REPLY, 0);

    Fates.Counted counted = fates.drain();

    assertThat(counted.counts())
        .isEqualTo(
            Map.of(
                "accepted",
                1,
                "told 421 at greeting",
                1,
                "reset at content",
                1,
                "closed at final-reply",
                1));
    assertThat(counted.strangers()).hasSize(2).allMatch(it -> it.contains("detail"));
    assertThat(fates.acknowledged()).containsExactly("1");
  }

  @Test
  void whatWasDrainedIsNotCountedAgainButItsAcknowledgementsAreRemembered() {
    mail("1", Outcome.ACCEPTED, Stage.FINAL_REPLY, 250);
    fates.drain();

    assertThat(fates.drain().counts()).isEmpty();
    assertThat(fates.acknowledged()).containsExactly("1");
  }

  @Test
  void whoOutlastsThePatienceIsAStrangerToo() {
    mail("1", Outcome.TIMED_OUT, Stage.GREETING, 0);

    assertThat(fates.drain().strangers()).hasSize(1);
  }
}
