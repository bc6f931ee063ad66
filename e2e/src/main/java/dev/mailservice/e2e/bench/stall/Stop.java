package dev.mailservice.e2e.bench.stall;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which a thread, or all of them, did not go on.
 *
 * @param start when it began
 * @param length until it was over; not negative
 */
record Stop(Instant start, Duration length) {
  /** When it was over. */
  Instant end() {
    return start.plus(length);
  }

  /** How much of it lies between two moments. */
  Duration within(Instant from, Instant to) {
    Instant first = start.isBefore(from) ? from : start;
    Instant last = end().isAfter(to) ? to : end();
    return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
  }
}
