package dev.mailservice.smtpd.session;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each message a name, so that policy servers know which of their questions belong together:
 * the policy protocol's {@code instance}, SMTPD_POLICY_README. Safe for use by several threads.
 */
final class MessageNames {
  private final Clock clock;
  private final long pid = ProcessHandle.current().pid();
  private final AtomicLong number = new AtomicLong();

  MessageNames(Clock clock) {
    this.clock = clock;
  }

  String next() {
    Instant now = clock.instant();
    return "%x.%x.%x.%x"
        .formatted(pid, now.getEpochSecond(), now.getNano() / 1000, number.getAndIncrement());
  }
}
