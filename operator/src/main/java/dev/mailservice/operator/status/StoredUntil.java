package dev.mailservice.operator.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code until} as the status stores it. While a flood lasts {@code until} moves every second, and
 * the status must not be written every second: it is stored ahead of the truth, so that it has to
 * move every 30 s only and a new leader holds stress a little longer, never shorter.
 */
public final class StoredUntil {
  /** How seldom it is written while it only moves on. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  /** Time for a write to arrive before the truth overtakes what is stored. */
  static final Duration MARGIN = Duration.ofSeconds(2);

  private static final Duration AHEAD = INTERVAL.plus(MARGIN);

  private StoredUntil() {}

  /**
   * What to store for {@code until}.
   *
   * @param stored what is stored, empty for nothing
   * @return {@code stored} as long as it will do
   */
  public static Instant next(Optional<Instant> stored, Instant until) {
    return stored.filter(present -> willDo(present, until)).orElse(until.plus(AHEAD));
  }

  private static boolean willDo(Instant stored, Instant until) {
    return stored.isAfter(until.plus(MARGIN)) && !stored.isAfter(until.plus(AHEAD));
  }
}
