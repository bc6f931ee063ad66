package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.ProtocolLog;

/** What one session says in the mail log. */
final class SessionLog implements ProtocolLog {
  private final MailLog log;

  SessionLog(MailLog log) {
    this.log = log;
  }

  @Override
  public void info(String text) {
    log.info(text);
  }

  @Override
  public void warning(String text) {
    log.warning(text);
  }
}
