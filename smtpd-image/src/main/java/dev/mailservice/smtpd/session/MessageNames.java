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
    return String.join(
        ".",
        Long.toHexString(pid),
        Long.toHexString(now.getEpochSecond()),
        Integer.toHexString(now.getNano() / 1000),
        Long.toHexString(number.getAndIncrement()));
  }
}
