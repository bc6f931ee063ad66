package dev.mailservice.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredUntilTest {
  private static final Instant UNTIL = Instant.parse("2026-01-01T00:16:40Z");

  @Test
  void is_never_behind_the_truth_and_moves_every_30_s_while_a_flood_lasts() {
    List<Instant> writes = new ArrayList<>();
    Optional<Instant> stored = Optional.empty();
    for (int tick = 0; tick < 600; tick++) {
      Instant until = UNTIL.plusSeconds(tick);
      Instant next = StoredUntil.next(stored, until);
      assertThat(next).isAfter(until);
      assertThat(Duration.between(until, next)).isLessThanOrEqualTo(Duration.ofSeconds(32));
      if (stored.isEmpty() || !stored.get().equals(next)) {
        writes.add(until);
      }
      stored = Optional.of(next);
    }
    assertThat(writes).hasSize(20);
  }

  @Test
  void a_shorter_time_is_stored_at_once() {
    Instant stored = StoredUntil.next(Optional.empty(), UNTIL);

    assertThat(StoredUntil.next(Optional.of(stored), UNTIL.minusSeconds(900)))
        .isEqualTo(UNTIL.minusSeconds(900 - 32));
  }
}
