package dev.mailservice.smtpd;

import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.memory.MemoryUse;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.session.MailLog;
import dev.mailservice.smtpd.slots.Personality;

/**
 * Memory is short: a saturation like the last slot's taking, since mail cannot come in. Says so
 * when it begins and when it is over, and of nobody who is refused meanwhile.
 */
final class MemoryReport implements MemoryWatch.Listener {
  private final Personality<?> personality;
  private final MailLog log;

  MemoryReport(Personality<?> personality, MailLog log) {
    this.personality = personality;
    this.log = log;
  }

  @Override
  public void fallsShort(MemoryUse use) {
    personality.shortage();
    log.masterWarning(
        LogText.of(
            LogEvent.MEMORY_SHORT,
            "memory is short (%s): new clients are told 421 4.3.0 and new messages 452 4.3.1"
                .formatted(use)));
  }

  @Override
  public void isEnough(MemoryUse use) {
    log.info(LogText.of(LogEvent.MEMORY_ENOUGH, "memory is enough again: " + use));
  }

  @Override
  public void failed(Throwable cause) {
    log.warning("looking after memory: " + cause);
  }
}
