package dev.mailservice.smtpd;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Says once what happens again and again: at its first time, and at the first time after a minute
 * without. Counts every time. Safe for use by several threads.
 */
final class Episodes {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final AtomicLong quietSince;
  private final AtomicLong count = new AtomicLong();

  /**
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  Episodes(LongSupplier nanos) {
    this.nanos = nanos;
    this.quietSince = new AtomicLong(nanos.getAsLong() - QUIET.toNanos());
  }

  /**
   * It has happened.
   *
   * @return whether it is to be said
   */
  boolean happened() {
    count.incrementAndGet();
    long now = nanos.getAsLong();
    return now - quietSince.getAndSet(now) >= QUIET.toNanos();
  }

  /** How often it has happened. */
  long count() {
    return count.get();
  }
}
