package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.smtpd.session.MailLog;
import dev.mailservice.smtpd.slots.Personality;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All sessions with the next hop are in use and one more is needed: as much a saturation as the
 * last slot's taking, since mail cannot come in. Says so once, then is silent for as long as
 * Postfix's warning of the process limit.
 */
final class NextHopShortage implements Runnable {
  private final Personality<?> personality;
  private final MailLog log;
  private final LongSupplier nanos;
  private final String warning;
  private final AtomicLong silentUntil;

  NextHopShortage(Personality<?> personality, MailLog log, LongSupplier nanos, Configuration main) {
    this.personality = personality;
    this.log = log;
    this.nanos = nanos;
    this.warning =
        ("proxy filter %s: all %d sessions of %s are in use:"
                + " clients may experience noticeable delays")
            .formatted(
                main.get(ProxyFilterParameters.SMTPD_PROXY_FILTER),
                main.get(ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_LIMIT),
                ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_LIMIT.name());
    this.silentUntil = new AtomicLong(nanos.getAsLong());
  }

  @Override
  public void run() {
    personality.shortage();
    long now = nanos.getAsLong();
    long until = silentUntil.get();
    if (now - until >= 0
        && silentUntil.compareAndSet(until, now + Personality.REVERT_AFTER.toNanos())) {
      log.warning(warning);
    }
  }
}
