package dev.mailservice.smtpd.maildir;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for files in a maildir that nobody has used and nobody will. The time does not suffice, as
 * clocks are set back; nor does the process, as in a container each has the same number after a
 * restart: hence a number that is drawn once a process. Safe for use by several threads.
 */
final class UniqueNames {
  private final Clock clock;
  private final String host;
  private final long pid;
  private final long drawn = new SecureRandom().nextLong();
  private final AtomicLong count = new AtomicLong();

  UniqueNames(Clock clock, String hostname, long pid) {
    this.clock = clock;
    this.host = hostname.replace("/", "\\057").replace(":", "\\072");
    this.pid = pid;
  }

  /** What the message is called in logs and to the client. */
  String next() {
    Instant now = clock.instant();
    return "%d.M%dP%dQ%dR%x"
        .formatted(now.getEpochSecond(), now.getNano() / 1000, pid, count.incrementAndGet(), drawn);
  }

  /** The file that holds it. */
  String file(String name) {
    return name + "." + host;
  }
}
