package dev.mailservice.smtpd;

import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.session.MailLog;
import dev.mailservice.smtpd.slots.Personality;
import java.util.function.LongSupplier;

/** Postfix's warning that the last process was taken, master_avail.c: once, then silence. */
final class SaturationWarning {
  private final MailLog log;
  private final LongSupplier nanos;
  private final int port;
  private final int limit;
  private long silentUntil;

  SaturationWarning(MailLog log, LongSupplier nanos, int port, int limit) {
    this.log = log;
    this.nanos = nanos;
    this.port = port;
    this.limit = limit;
    this.silentUntil = nanos.getAsLong();
  }

  /** The last free slot was taken. */
  synchronized void saturated() {
    long now = nanos.getAsLong();
    if (now - silentUntil < 0) {
      return;
    }
    silentUntil = now + Personality.REVERT_AFTER.toNanos();
    String reached =
        ("service \"smtp\" (%d) has reached its process limit \"%d\":"
                + " new clients may experience noticeable delays")
            .formatted(port, limit);
    log.masterWarning(LogText.of(LogEvent.SATURATED, reached).with(LogField.LIMIT, limit));
    log.masterWarning(
        LogText.of(
            "to avoid this condition, increase the process count in master.cf"
                + " or reduce the service time per client"));
    log.masterWarning(
        LogText.of(
            "see http://www.postfix.org/STRESS_README.html"
                + " for examples of stress-adapting configuration settings"));
  }
}
