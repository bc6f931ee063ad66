package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.RestrictionLog;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import java.util.function.Supplier;

/** What one session says in the mail log; each line knows whom it is about. */
final class SessionLog implements RestrictionLog {
  private final MailLog log;
  private final Supplier<Client> client;

  SessionLog(MailLog log, Supplier<Client> client) {
    this.log = log;
    this.client = client;
  }

  @Override
  public void info(LogText text) {
    log.info(withClient(text));
  }

  @Override
  public void warning(String text) {
    warning(LogText.of(text));
  }

  void warning(LogText text) {
    log.warning(withClient(text));
  }

  private LogText withClient(LogText text) {
    Client who = client.get();
    return text.with(LogField.CLIENT_NAME, who.name().text())
        .with(LogField.CLIENT_ADDRESS, who.address())
        .with(LogField.CLIENT_PORT, who.port());
  }
}
