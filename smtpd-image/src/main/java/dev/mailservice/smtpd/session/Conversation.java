package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.access.SessionRestrictions;
import dev.mailservice.smtpd.anvil.ClientConduct;
import dev.mailservice.smtpd.anvil.ClientConduct.Excess;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.dns.Resolver;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.ClientAttributes;
import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.protocol.Offer;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.protocol.SmtpProtocol.ChunkOutcome;
import dev.mailservice.smtpd.protocol.Step;
import dev.mailservice.smtpd.sasl.Authentication.Result;
import dev.mailservice.smtpd.tls.HandshakeException;
import dev.mailservice.smtpd.tls.TlsServer;
import dev.mailservice.smtpd.trace.Received;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is said between the banner and the end: reads commands, lets the protocol table say what
 * they mean, does what it asks, and answers.
 */
final class Conversation {
  private static final Reply TOO_LARGE = Reply.of("552 5.3.4 Error: message file too big");

  private static final Reply TOO_MANY_HOPS = Reply.of("554 5.4.0 Error: too many hops");

  private final Services services;
  private final ClientConnection client;
  private final SessionIdentity identity;
  private final SessionLog log;
  private final SmtpProtocol protocol;
  private final MessageIntake intake;
  private final SessionRestrictions restrictions;
  private SmtpdSettings settings;
  private BareNewlines bareNewlines;
  private boolean over;
  private Optional<LogEvent> reason = Optional.empty();
  private String contentPlace = "";
  private List<String> mechanisms = List.of();
  private Optional<ClientConduct> conduct = Optional.empty();

  Conversation(
      Services services,
      ClientConnection client,
      SessionIdentity identity,
      SessionLog log,
      MessageIntake intake) {
    this.services = services;
    this.client = client;
    this.identity = identity;
    this.log = log;
    this.intake = intake;
    this.settings = services.personality().get();
    this.protocol = new SmtpProtocol(settings.protocol(), log);
    this.restrictions =
        new SessionRestrictions(
            () -> services.personality().get().restrictions(), log, this::resolver);
    this.bareNewlines = bareNewlines();
  }

  /** How far it has come, as Postfix's log names it. */
  String place() {
    return contentPlace.isEmpty() ? protocol.place() : contentPlace;
  }

  /** Whether the client is in the middle of a message. */
  boolean isInContent() {
    return !contentPlace.isEmpty();
  }

  /** Why it ended from this side; empty if it did not. */
  Optional<LogEvent> reason() {
    return reason;
  }

  SmtpProtocol protocol() {
    return protocol;
  }

  /**
   * Speaks with the client until one of both has no more to say.
   *
   * @throws ClientGoneException if the client hangs up, or is hung up on
   */
  void run() throws IOException {
    if (!over) {
      greet();
    }
    while (!over) {
      settings = services.personality().get();
      protocol.adopt(settings.protocol());
      Optional<Reply> limit = protocol.limitReached();
      if (limit.isPresent()) {
        reason = Optional.of(LogEvent.TOO_MANY_ERRORS);
        hangUp(limit.get());
      } else {
        converse();
      }
    }
    client.flush();
  }

  /** Says this instead of the banner, and nothing else. */
  void refuse(Reply reply) throws IOException {
    hangUp(reply);
  }

  /** The session is over, however it ended. */
  void close() {
    protocol.ended();
    conduct.ifPresent(ClientConduct::close);
  }

  private void greet() throws IOException {
    bareNewlines = bareNewlines();
    beginConduct();
    if (settings.tls().settings().wrapperMode()) {
      Optional<Reply> refusal = wrapperMode();
      if (refusal.isPresent() || over) {
        refusal.ifPresent(client::say);
        over = true;
        return;
      }
    }
    protocol.offer(identity.client().toString(), offer());
    Optional<Reply> early = protocol.spokeEarly(client.behind());
    if (early.isPresent()) {
      hangUp(early.get());
      return;
    }
    String hostname = settings.protocol().hostname();
    Optional<Reply> excess = excess(it -> it.connected(hostname, services.clients().slots()));
    if (excess.isPresent()) {
      hangUp(excess.get());
      return;
    }
    Optional<Reply> refusal = restrictions.connect(inquiry("CONNECT"));
    refusal.ifPresent(protocol::deny);
    say(refusal.orElse(Reply.of("220 " + settings.banner())));
  }

  /** Who may stand for other clients is not limited: the events are those of others. */
  private ClientConduct conductOf(Client who) {
    return ClientConduct.begin(
        services.clients().anvil(),
        () -> services.personality().get().clientLimits(),
        who,
        offer().xclient());
  }

  /** From now on it is this client whose doings count. */
  private void beginConduct() {
    ClientConduct next = conductOf(identity.client());
    conduct.ifPresent(ClientConduct::close);
    conduct = Optional.of(next);
  }

  private Optional<Reply> excess(Function<ClientConduct, Optional<Excess>> event) {
    return told(conduct.flatMap(event));
  }

  private Optional<Reply> told(Optional<Excess> excess) {
    excess.ifPresent(
        it ->
            log.warning(
                RejectLog.told(LogText.of(LogEvent.LIMIT_EXCEEDED, it.warning()), it.reply())));
    return excess.map(Excess::reply);
  }

  private void converse() throws IOException {
    CommandLine line = readCommand(settings.lineLengthLimit());
    if (line.bareNewline() && bareNewlines == BareNewlines.REJECT) {
      hangUp(bareNewline(inquiry(protocol.place())));
      return;
    }
    protocol.offer(identity.client().toString(), offer());
    Step step = protocol.command(line);
    if (step instanceof Step.StartTls) {
      Optional<Reply> rest = startTls();
      if (rest.isPresent()) {
        say(rest.get());
      }
    } else {
      say(perform(step));
    }
  }

  private CommandLine readCommand(int limit) throws IOException {
    CommandLine line = client.readCommand(limit);
    if (line.text().length() >= limit) {
      log.warning(
          "%s: request longer than %d: %.30s...".formatted(identity.client(), limit, line.text()));
    }
    return line;
  }

  private Reply bareNewline(Inquiry inquiry) {
    Reply reply =
        Reply.of(
            "%d 5.5.2 %s Error: bare <LF> received"
                .formatted(settings.bareNewlineCode(), settings.protocol().hostname()));
    String text =
        "NOQUEUE: reject: %s from %s: bare <LF> received;%s"
            .formatted(inquiry.command(), inquiry.client(), RejectLog.who(inquiry));
    log.info(RejectLog.told(RejectLog.about(LogEvent.REJECT, text, inquiry), reply));
    return reply;
  }

  private Reply perform(Step step) throws IOException {
    return switch (step) {
      case Step.Answer(Reply reply) -> reply;
      case Step.Overshoot(Reply reply, boolean forgiven) -> reply;
      case Step.HangUp(Reply reply) -> {
        over = true;
        yield reply;
      }
      case Step.Abandon(Reply reply) -> {
        abandon();
        yield reply;
      }
      case Step.Greet greet -> greeting(greet);
      case Step.Sender sender -> sender(sender);
      case Step.Recipient recipient -> recipient(recipient);
      case Step.Content(Step.Envelope envelope) -> content(envelope);
      case Step.Chunk chunk -> chunk(chunk);
      case Step.SkipChunk(long size, Reply reply, boolean abandons) -> {
        skip(size);
        if (abandons) {
          abandon();
        }
        yield reply;
      }
      case Step.Verify verify -> verify(verify);
      case Step.Etrn(String domain) -> etrn(domain);
      case Step.StartTls it -> throw new IllegalStateException("has no reply of its own");
      case Step.Auth auth -> auth(auth);
      case Step.Xclient(ClientAttributes attributes) -> replace(attributes);
      case Step.Xforward(ClientAttributes attributes) -> {
        identity.forward(attributes);
        yield attributes.refusal().orElse(Reply.of("250 2.0.0 Ok"));
      }
    };
  }

  private Reply greeting(Step.Greet greet) {
    Inquiry inquiry = inquiry(greet.extended() ? "EHLO" : "HELO").withHelo(greet.name());
    Optional<Reply> refusal = restrictions.greeting(inquiry);
    if (refusal.isEmpty()) {
      abandon();
      if (greet.extended()) {
        askForMechanisms();
        protocol.offer(identity.client().toString(), offer());
      }
    }
    return protocol.greetingAnswered(greet, refusal);
  }

  private Reply sender(Step.Sender sender) {
    Inquiry inquiry =
        inquiry("MAIL").withSender(sender.address(), sender.size(), sender.smtpUtf8());
    Optional<Reply> refusal =
        excess(ClientConduct::message)
            .or(() -> tooLarge(inquiry))
            .or(() -> verpOfNobody(sender))
            .or(() -> restrictions.sender(inquiry));
    Optional<Reply> why = refusal.or(() -> beginMessage(inquiry));
    Reply reply = protocol.senderAnswered(sender, why, () -> openEarly(sender, inquiry));
    if (!reply.isPositive()) {
      restrictions.endTransaction();
    }
    return reply;
  }

  private Optional<Reply> beginMessage(Inquiry inquiry) {
    try {
      boolean local =
          settings.rewriteClients().contain(identity.client(), identity.login(), identity.tls());
      identity.beginMessage(services.messageNames().next(), inquiry.size(), local);
      return Optional.empty();
    } catch (LookupFailure e) {
      Reply reply = Reply.of("451 4.3.0 Temporary lookup error");
      log.warning(String.valueOf(e.getMessage()));
      log.info(RejectLog.reject(inquiry, reply));
      return Optional.of(reply);
    }
  }

  private Optional<Reply> openEarly(Step.Sender sender, Inquiry inquiry) {
    return settings.opensEarly()
        ? open(sender.address(), sender.line(), inquiry)
        : Optional.empty();
  }

  private Optional<Reply> tooLarge(Inquiry inquiry) {
    long limit = settings.protocol().limits().messageSize();
    if (limit == 0 || inquiry.size() <= limit) {
      return Optional.empty();
    }
    Reply reply = Reply.of("552 5.3.4 Message size exceeds fixed limit");
    log.info(RejectLog.reject(inquiry, reply));
    return Optional.of(reply);
  }

  private static Optional<Reply> verpOfNobody(Step.Sender sender) {
    return sender.verp() && sender.address().isEmpty()
        ? Optional.of(Reply.of("503 5.5.4 Error: XVERP requires non-null sender"))
        : Optional.empty();
  }

  private Reply recipient(Step.Recipient recipient) {
    Inquiry inquiry = inquiry("RCPT").withRecipient(recipient.address());
    Optional<Reply> refusal =
        excess(ClientConduct::recipient).or(() -> restrictions.recipient(inquiry));
    refusal.ifPresent(it -> services.events().refused(it.code()));
    Reply reply = refusal.orElseGet(() -> handOn(recipient));
    protocol.recipientAnswered(recipient.address(), reply);
    return reply;
  }

  private Reply handOn(Step.Recipient recipient) {
    if (!intake.isOpen() && !intake.isBroken()) {
      Step.Envelope envelope = protocol.envelope().orElseThrow();
      Optional<Reply> refusal =
          open(
              envelope.sender(),
              envelope.senderLine(),
              inquiry("RCPT").withRecipient(recipient.address()));
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return intake.recipient(recipient);
  }

  private Optional<Reply> open(String sender, String line, Inquiry inquiry) {
    Optional<Reply> refusal =
        intake.open(sender, line, identity.origin(protocol.greeting()), settings.nextHopPatience());
    if (refusal.isEmpty()) {
      String text = "NOQUEUE: client=%s%s".formatted(identity.client(), login());
      log.info(RejectLog.about(LogEvent.TRANSACTION, text, inquiry));
    }
    return refusal;
  }

  private String login() {
    return identity
        .login()
        .map(it -> ", sasl_method=%s, sasl_username=%s".formatted(it.method(), it.username()))
        .orElse("");
  }

  private Reply content(Step.Envelope envelope) throws IOException {
    Optional<Reply> refusal = restrictions.data(ofMessage("DATA")).or(() -> begin(envelope));
    if (refusal.isPresent()) {
      protocol.contentRefused();
      return refusal.get();
    }
    client.say(Reply.of("354 End data with <CR><LF>.<CR><LF>"));
    client.flush();
    client.beginRequest(true);
    contentPlace = "DATA";
    intake.readToFinalDot();
    contentPlace = "";
    Ending ending = finish(envelope);
    if (ending.refusedAsAWhole()) {
      protocol.contentRefusedAsAWhole();
    } else {
      protocol.contentAnswered(ending.reply());
    }
    return ending.reply();
  }

  private Optional<Reply> begin(Step.Envelope envelope) {
    List<String> headers = new ArrayList<>(restrictions.prepended());
    if (!identity.isForwarded()) {
      headers.addAll(receivedHeader(envelope));
    }
    return intake.begin(
        headers,
        new MessageIntake.Limits(
            settings.protocol().limits().messageSize(), settings.hopcountLimit()),
        bareNewlines);
  }

  private List<String> receivedHeader(Step.Envelope envelope) {
    var greeting = protocol.greeting();
    return new Received(
            identity.client(),
            identity.tls(),
            identity.login(),
            greeting.name(),
            greeting.protocol(),
            envelope.smtpUtf8(),
            envelope.recipients(),
            ZonedDateTime.now(services.log().clock()))
        .lines(settings.trace());
  }

  private Reply chunk(Step.Chunk chunk) throws IOException {
    Optional<Reply> refusal = Optional.empty();
    if (chunk.first()) {
      refusal = restrictions.data(ofMessage("BDAT")).or(() -> begin(chunk.envelope()));
    }
    refusal = refusal.or(() -> tooLarge(chunk));
    if (refusal.isPresent()) {
      skip(chunk.size());
      if (chunk.last()) {
        abandon();
      }
      protocol.chunkAnswered(chunk, ChunkOutcome.SKIPPED, refusal.get());
      return refusal.get();
    }
    return takeChunk(chunk);
  }

  private Optional<Reply> tooLarge(Step.Chunk chunk) {
    long limit = settings.protocol().limits().messageSize();
    if (limit == 0 || intake.size() <= limit - chunk.size()) {
      return Optional.empty();
    }
    log.warning(
        "NOQUEUE: BDAT request from %s exceeds message size limit".formatted(identity.client()));
    return Optional.of(Reply.of("552 5.3.4 Chunk exceeds message size limit"));
  }

  private Reply takeChunk(Step.Chunk chunk) throws IOException {
    client.beginRequest(true);
    contentPlace = "BDAT";
    intake.readChunk(chunk.size(), chunk.last());
    contentPlace = "";
    if (!chunk.last() && intake.message().isGood()) {
      Reply reply = Reply.of("250 2.0.0 Ok: %d bytes".formatted(chunk.size()));
      protocol.chunkAnswered(chunk, ChunkOutcome.TAKEN, reply);
      return reply;
    }
    Ending ending = finish(chunk.envelope());
    protocol.chunkAnswered(
        chunk,
        ending.refusedAsAWhole() ? ChunkOutcome.REFUSED_AS_A_WHOLE : ChunkOutcome.MESSAGE_OVER,
        ending.reply());
    return ending.reply();
  }

  private void skip(long size) throws IOException {
    client.beginRequest(true);
    for (long done = 0; done < size; done++) {
      if (client.read() < 0) {
        throw new ClientGoneException();
      }
    }
  }

  /**
   * What became of a message.
   *
   * @param refusedAsAWhole whether a restriction refused it: its envelope stays, as in Postfix
   */
  private record Ending(Reply reply, boolean refusedAsAWhole) {}

  /** Says what became of a message that was read to its end. */
  private Ending finish(Step.Envelope envelope) {
    MessageWriter message = intake.message();
    Inquiry inquiry = ofMessage("END-OF-MESSAGE").withSize(message.size());
    Optional<Reply> refusal = message.isGood() ? restrictions.endOfData(inquiry) : Optional.empty();
    if (refusal.isPresent()) {
      services.events().refused(refusal.get().code());
      intake.abandon();
      return new Ending(refusal.get(), true);
    }
    Reply reply = outcome(message, inquiry);
    logOutcome(inquiry, envelope, reply);
    abandon();
    return new Ending(reply, false);
  }

  private Reply outcome(MessageWriter message, Inquiry inquiry) {
    if (message.hasBareNewline()) {
      return bareNewline(inquiry);
    }
    if (message.isTooLarge()) {
      log.warning("NOQUEUE: queue file size limit exceeded");
      return TOO_LARGE;
    }
    if (intake.isGoingInCircles()) {
      log.warning("NOQUEUE: message rejected: hopcount exceeded");
      return TOO_MANY_HOPS;
    }
    return intake.end();
  }

  private void logOutcome(Inquiry inquiry, Step.Envelope envelope, Reply reply) {
    boolean accepted = reply.isPositive();
    if (accepted) {
      services.events().messageAccepted();
    } else {
      services.events().refused(reply.code());
    }
    Inquiry whole = inquiry.withRecipient(envelope.recipients().getFirst());
    String text =
        "proxy-%s: END-OF-MESSAGE: %s;%s"
            .formatted(accepted ? "accept" : "reject", reply, RejectLog.who(whole));
    LogEvent event = accepted ? LogEvent.ACCEPT : LogEvent.REJECT;
    log.info(
        RejectLog.told(RejectLog.about(event, text, whole), reply)
            .with(LogField.SIZE, inquiry.size()));
  }

  private Reply verify(Step.Verify verify) {
    Inquiry inquiry = inquiry("VRFY").withRecipient(verify.address());
    Optional<Reply> refusal =
        excess(ClientConduct::recipient).or(() -> restrictions.recipient(inquiry));
    Reply reply = refusal.orElse(Reply.of("252 2.0.0 " + verify.argument()));
    protocol.answered(reply);
    return reply;
  }

  /**
   * There is no queue here, so that there is nothing to do for who may ask, RFC 1985 section 5.2.
   */
  private Reply etrn(String domain) {
    Optional<Reply> refusal = restrictions.etrn(inquiry("ETRN").withEtrnDomain(domain));
    Reply reply = refusal.orElseGet(() -> flush(domain));
    protocol.answered(reply);
    return reply;
  }

  private Reply flush(String domain) {
    try {
      if (settings.flushDomains().hasDomain(domain)) {
        return Reply.of("250 Queuing started");
      }
    } catch (LookupFailure e) {
      log.warning(String.valueOf(e.getMessage()));
      return Reply.of("458 Unable to queue messages");
    }
    log.warning("reject: ETRN %.100s... from %s".formatted(domain, identity.client()));
    return Reply.of("459 <%s>: service unavailable".formatted(domain));
  }

  /**
   * Begins TLS.
   *
   * @return what is left to say; nothing if it has begun
   */
  private Optional<Reply> startTls() throws IOException {
    Optional<Reply> excess = excess(ClientConduct::startTls);
    if (excess.isPresent()) {
      protocol.startTlsAnswered(false);
      return excess;
    }
    if (!settings.tls().isAvailable()) {
      protocol.startTlsAnswered(false);
      return Optional.of(Reply.of("454 4.7.0 TLS not available due to local problem"));
    }
    client.say(Reply.of("220 2.0.0 Ready to start TLS"));
    client.flush();
    abandon();
    Optional<Reply> refusal = beginTls();
    protocol.startTlsAnswered(refusal.isEmpty());
    return refusal;
  }

  /** Shakes hands; what the client has said in plain text before is forgotten. */
  private Optional<Reply> beginTls() throws IOException {
    TlsServer.Secured secured;
    client.patience().handshaking(services.nanos().getAsLong());
    try {
      secured = settings.tls().accept(client.socket());
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
      Optional<Reply> excess = excess(it -> it.newTlsSession(settings.protocol().hostname()));
      if (excess.isPresent()) {
        return excess;
      }
    }
    return untrusted(secured.session());
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

  /** TLS from the first byte: who may not begin is left without a word, there is none to be had. */
  private Optional<Reply> wrapperMode() throws IOException {
    Optional<String> tooMuch = conduct.flatMap(ClientConduct::tlsFromTheStart);
    if (tooMuch.isPresent()) {
      log.warning(tooMuch.get());
      over = true;
      return Optional.empty();
    }
    if (!settings.tls().isAvailable()) {
      log.warning(
          "Wrapper-mode request dropped from %s: no certificate".formatted(identity.client()));
      over = true;
      return Optional.empty();
    }
    return beginTls();
  }

  private void logSecured(TlsSession session) {
    if (settings.tls().settings().logLevel() > 0) {
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
    if (trusted || !settings.tls().settings().clients().requiresCertificate()) {
      return Optional.empty();
    }
    String why =
        session.certificate().isPresent()
            ? "Client certificate not trusted"
            : "No client certificate presented";
    log.info("NOQUEUE: abort: TLS from %s: %s".formatted(identity.client(), why));
    return Optional.of(
        Reply.of("421 4.7.1 %s Error: %s".formatted(settings.protocol().hostname(), why)));
  }

  private Reply auth(Step.Auth auth) throws IOException {
    Optional<Reply> excess = excess(ClientConduct::auth);
    Reply reply = excess.isPresent() ? excess.get() : logIn(auth);
    protocol.answered(reply);
    return reply;
  }

  private Reply logIn(Step.Auth auth) throws IOException {
    try {
      Optional<Result> result =
          settings
              .authentication()
              .authenticate(
                  identity.client(),
                  identity.tls().isPresent(),
                  auth.mechanism(),
                  auth.initialResponse(),
                  this::challenge);
      return result.map(it -> answer(auth, it)).orElseGet(() -> aborted(auth));
    } catch (ResponseTooLongException e) {
      return Reply.of("500 5.5.6 SASL response limit exceeded");
    }
  }

  private Optional<String> challenge(String text) throws IOException {
    say(Reply.of("334 " + text));
    int limit = settings.authentication().settings().responseLimit();
    CommandLine line = readCommand(limit);
    if (line.text().length() >= limit) {
      throw new ResponseTooLongException();
    }
    return line.text().equals("*") ? Optional.empty() : Optional.of(line.text());
  }

  private Reply aborted(Step.Auth auth) {
    log.warning(
        "%s: SASL %.100s authentication aborted".formatted(identity.client(), auth.mechanism()));
    return Reply.of("501 5.7.0 Authentication aborted");
  }

  private Reply answer(Step.Auth auth, Result result) {
    return switch (result) {
      case Result.Challenge it -> throw new IllegalStateException("not answered");
      case Result.Success(Login login) -> {
        identity.loggedIn(login);
        protocol.authenticated(true);
        yield Reply.of("235 2.7.0 Authentication successful");
      }
      case Result.Failure(
              String reason,
              boolean temporary,
              Optional<String> username,
              Optional<String> cause) -> {
        cause.ifPresent(log::warning);
        String why = reason.isEmpty() ? "(reason unavailable)" : reason;
        String text =
            "%s: SASL %.100s authentication failed: %s, sasl_username=%.100s"
                .formatted(
                    identity.client(), auth.mechanism(), why, username.orElse("(unavailable)"));
        log.warning(
            LogText.of(LogEvent.LOGIN_FAILED, text)
                .with(LogField.SASL_METHOD, auth.mechanism())
                .with(LogField.SASL_USERNAME, username));
        yield Reply.of(
            (temporary
                    ? "454 4.7.0 Temporary authentication failure: "
                    : "535 5.7.8 Error: authentication failed: ")
                + why);
      }
    };
  }

  private Reply replace(ClientAttributes attributes) throws IOException {
    var greeting = identity.replace(attributes);
    if (attributes.refusal().isPresent()) {
      return attributes.refusal().get();
    }
    abandon();
    protocol.replaced(greeting);
    beginConduct();
    protocol.authenticated(identity.login().isPresent());
    bareNewlines = bareNewlines();
    protocol.offer(identity.client().toString(), offer());
    Optional<Reply> refusal = restrictions.connect(inquiry("CONNECT"));
    refusal.ifPresent(protocol::deny);
    return refusal.orElse(Reply.of("220 " + settings.banner()));
  }

  private Offer offer() {
    return settings.offer(identity, mechanisms);
  }

  /** Asked for when there is somebody to be told, since it takes a question to the service. */
  private void askForMechanisms() {
    boolean secured = identity.tls().isPresent();
    mechanisms = List.of();
    if (settings.authentication().isEnabled(secured)) {
      try {
        mechanisms = settings.authentication().mechanisms(secured);
      } catch (IOException e) {
        log.warning(String.valueOf(e.getMessage()));
      }
    }
  }

  private BareNewlines bareNewlines() {
    return settings.bareNewlines(identity.client());
  }

  private Inquiry inquiry(String command) {
    return identity.inquiry(command, protocol);
  }

  /** About a message as a whole: its recipient is named where there is only one. */
  private Inquiry ofMessage(String command) {
    List<String> recipients = protocol.envelope().map(Step.Envelope::recipients).orElse(List.of());
    Inquiry inquiry = inquiry(command);
    return recipients.size() == 1 ? inquiry.withRecipient(recipients.getFirst()) : inquiry;
  }

  private Resolver resolver() {
    return services.clients().dns().within(settings.identity().dnsTimeout());
  }

  private void abandon() {
    intake.abandon();
    restrictions.endTransaction();
    identity.forgetForwarded();
  }

  private void hangUp(Reply reply) throws IOException {
    over = true;
    say(reply);
  }

  private void say(Reply reply) throws IOException {
    slowDown();
    client.say(settings.footer().append(reply, this::attribute));
    over |= reply.closes();
  }

  /** What a footer may show, as smtpd_reject_footer in postconf(5) lists it. */
  private Optional<String> attribute(String name) {
    Client who = identity.client();
    return switch (name) {
      case "server_name" -> Optional.of(settings.protocol().hostname());
      case "client" -> Optional.of(who.toString());
      case "client_address" -> Optional.of(who.address());
      case "client_port" -> Optional.of(who.port());
      case "client_name" -> Optional.of(who.name().text());
      case "reverse_client_name" -> Optional.of(who.reverseName().text());
      case "helo_name" -> Optional.of(protocol.greeting().name());
      case "sender" -> protocol.envelope().map(Step.Envelope::sender);
      case "recipient" ->
          protocol.envelope().map(Step.Envelope::recipients).flatMap(it -> it.stream().findFirst());
      case "localtime" ->
          Optional.of(MailLog.TIME.format(ZonedDateTime.now(services.log().clock())));
      default -> {
        log.warning("unknown macro name \"%s\" in expansion request".formatted(name));
        yield Optional.empty();
      }
    };
  }

  /** Postfix waits before each reply to a client that has made too many errors. */
  private void slowDown() throws IOException {
    if (protocol.slowsDown()) {
      try {
        Thread.sleep(settings.errorSleepTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      client.flush();
    }
  }
}
