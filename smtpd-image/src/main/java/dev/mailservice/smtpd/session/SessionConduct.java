package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.anvil.ClientConduct;
import dev.mailservice.smtpd.anvil.ClientConduct.Excess;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.Optional;
import java.util.function.Function;

/**
 * The conduct of whoever is the session's client at the moment: what was too much is told to the
 * log, and to the client.
 */
final class SessionConduct {
  private final Services services;
  private final SessionLog log;
  private Optional<ClientConduct> conduct = Optional.empty();

  SessionConduct(Services services, SessionLog log) {
    this.services = services;
    this.log = log;
  }

  /**
   * From now on it is this client whose doings count.
   *
   * @param standsForOthers whether it may say XCLIENT: then it is not limited, the events are those
   *     of others
   */
  void begin(Client client, boolean standsForOthers) {
    ClientConduct next =
        ClientConduct.begin(
            services.clients().anvil(),
            () -> services.personality().get().clientLimits(),
            client,
            standsForOthers);
    close();
    conduct = Optional.of(next);
  }

  /**
   * Counts an event.
   *
   * @return what the client is told if that is one too many
   */
  Optional<Reply> excess(Function<ClientConduct, Optional<Excess>> event) {
    Optional<Excess> excess = conduct.flatMap(event);
    excess.ifPresent(
        it ->
            log.warning(
                RejectLog.told(LogText.of(LogEvent.LIMIT_EXCEEDED, it.warning()), it.reply())));
    return excess.map(Excess::reply);
  }

  /** Whether TLS may begin before anything is said; if not, the log is told why. */
  boolean mayBeginTls() {
    Optional<String> tooMuch = conduct.flatMap(ClientConduct::tlsFromTheStart);
    tooMuch.ifPresent(log::warning);
    return tooMuch.isEmpty();
  }

  /** The client is gone, or another has come in its place. */
  void close() {
    conduct.ifPresent(ClientConduct::close);
    conduct = Optional.empty();
  }
}
