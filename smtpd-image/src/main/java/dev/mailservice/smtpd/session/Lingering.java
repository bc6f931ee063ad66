package dev.mailservice.smtpd.session;

import java.time.Duration;

/**
 * How long a connection stays open after the last word, for a client that goes on sending. One that
 * is silent has heard it, or will; one that sends for ever must not hold the connection for ever.
 * As {@code lingering_timeout} and {@code lingering_time} of nginx, which are longer: here nothing
 * is read for the client's sake but to its next look at what it was told.
 */
final class Lingering {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private final long since;
  private volatile long heard;

  Lingering(long now) {
    this.since = now;
    this.heard = now;
  }

  /** The client has sent something. */
  void heardAt(long now) {
    heard = now;
  }

  boolean isOver(long now) {
    return now - heard >= SILENCE.toNanos() || now - since >= AT_MOST.toNanos();
  }
}
