package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.anvil.ClientConduct;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.tls.HandshakeException;
import dev.mailservice.smtpd.tls.TlsServer;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.IOException;
import java.util.Optional;

/** TLS in one session: begins it, judges the client's certificate, and logs both. */
final class TlsNegotiation {
  private final SessionContext context;
  private final ClientConnection client;
  private final SessionIdentity identity;
  private final SmtpProtocol protocol;
  private final SessionLog log;
  private final MailTransaction transaction;

  TlsNegotiation(SessionContext context, MailTransaction transaction) {
    this.context = context;
    this.client = context.client();
    this.identity = context.identity();
    this.protocol = context.protocol();
    this.log = context.log();
    this.transaction = transaction;
  }

  /**
   * How TLS from the first byte went.
   *
   * @param refusal why the client is not to be greeted
   * @param heard whether the client can hear anything at all
   */
  record Outcome(Optional<Reply> refusal, boolean heard) {
    private static final Outcome SILENCE = new Outcome(Optional.empty(), false);

    /** Whether the client may be greeted. */
    boolean isGood() {
      return heard && refusal.isEmpty();
    }
  }

  /**
   * STARTTLS, RFC 3207.
   *
   * @return what is left to say; nothing if it has begun
   */
  Optional<Reply> startTls() throws IOException {
    Optional<Reply> excess = context.conduct().excess(ClientConduct::startTls);
    if (excess.isPresent()) {
      protocol.startTlsAnswered(false);
      return excess;
    }
    if (!context.settings().tls().isAvailable()) {
      protocol.startTlsAnswered(false);
      return Optional.of(Reply.of("454 4.7.0 TLS not available due to local problem"));
    }
    requireHandshake();
    client.say(Reply.of("220 2.0.0 Ready to start TLS"));
    client.flush();
    transaction.abandon();
    Optional<Reply> refusal = beginTls();
    protocol.startTlsAnswered(true);
    return refusal;
  }

  /** Shakes hands; what the client has said in plain text before is forgotten. */
  private Optional<Reply> beginTls() throws IOException {
    TlsServer.Secured secured;
    requireHandshake();
    try (var unused = SessionTime.waitFor(WaitingFor.CLIENT)) {
      secured = context.settings().tls().accept(client.socket());
    } catch (HandshakeException e) {
      logFailure(e);
      protocol.startTlsAnswered(false);
      throw e;
    } finally {
      client.patience().shookHands();
    }
    client.continueWith(secured);
    identity.secured(secured.session());
    protocol.authenticated(false);
    logSecured(secured.session());
    if (!secured.isResumed()) {
      Optional<Reply> excess =
          context
              .conduct()
              .excess(it -> it.newTlsSession(context.settings().protocol().hostname()));
      if (excess.isPresent()) {
        return excess;
      }
    }
    return untrusted(secured.session());
  }

  /** From now on the client expects TLS, and whoever has a last word for it says none. */
  private void requireHandshake() throws ClientGoneException {
    if (!client.patience().handshaking(context.services().nanos().getAsLong())) {
      throw new ClientGoneException();
    }
  }

  private void logFailure(HandshakeException failure) {
    String text =
        "SSL_accept error from %s: %s"
            .formatted(
                identity.client(),
                client.patience().wasHandshakeExpired()
                    ? "Connection timed out"
                    : failure.getMessage());
    log.info(LogText.of(LogEvent.TLS_FAILED, text));
    failure.details().ifPresent(it -> log.warning("TLS library problem: " + it));
  }

  /**
   * TLS from the first byte.
   *
   * @return whether the client may be greeted, and if not, what there is to say
   */
  Outcome fromTheStart() throws IOException {
    // Who may not begin is left without a word: there is none to be had.
    if (!context.conduct().mayBeginTls()) {
      return Outcome.SILENCE;
    }
    if (!context.settings().tls().isAvailable()) {
      log.warning(
          "Wrapper-mode request dropped from %s: no certificate".formatted(identity.client()));
      return Outcome.SILENCE;
    }
    return new Outcome(beginTls(), true);
  }

  private void logSecured(TlsSession session) {
    if (context.settings().tls().settings().logLevel() > 0) {
      String trust =
          session
              .certificate()
              .map(it -> it.trusted() ? "Trusted" : "Untrusted")
              .orElse("Anonymous");
      String text =
          "%s TLS connection established from %s: %s%s"
              .formatted(
                  trust,
                  identity.client(),
                  session.summary(),
                  session.keyExchange().map(it -> " " + it).orElse(""));
      log.info(
          LogText.of(LogEvent.TLS, text)
              .with(LogField.TLS_PROTOCOL, session.protocol())
              .with(LogField.TLS_CIPHER, session.cipher()));
    }
  }

  private Optional<Reply> untrusted(TlsSession session) {
    boolean trusted = session.certificate().filter(TlsSession.Certificate::trusted).isPresent();
    if (trusted || !context.settings().tls().settings().clients().requiresCertificate()) {
      return Optional.empty();
    }
    String why =
        session.certificate().isPresent()
            ? "Client certificate not trusted"
            : "No client certificate presented";
    log.info("NOQUEUE: abort: TLS from %s: %s".formatted(identity.client(), why));
    return Optional.of(
        Reply.of(
            "421 4.7.1 %s Error: %s".formatted(context.settings().protocol().hostname(), why)));
  }
}
