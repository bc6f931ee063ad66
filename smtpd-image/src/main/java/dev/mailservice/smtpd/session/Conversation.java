package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.SessionRestrictions;
import dev.mailservice.smtpd.anvil.ClientConduct;
import dev.mailservice.smtpd.dns.Resolver;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.protocol.ClientAttributes;
import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.protocol.Offer;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.protocol.Step;
import java.io.IOException;
import java.util.Optional;

/**
 * What is said between the banner and the end: reads commands, lets the protocol table say what
 * they mean, does what it asks, and answers.
 */
final class Conversation {
  private final Services services;
  private final ClientConnection client;
  private final SessionIdentity identity;
  private final SessionLog log;
  private final MessageIntake intake;
  private final SmtpProtocol protocol;
  private final SessionRestrictions restrictions;
  private final SessionConduct conduct;
  private final SessionContext context;
  private final ClientReplies replies;
  private final MailTransaction transaction;
  private final MessageReception reception;
  private final TlsNegotiation tls;
  private final SaslDialogue sasl;
  private SmtpdSettings settings;

  /** Asked for when it is known who the client is. */
  private BareNewlines bareNewlines = BareNewlines.NORMALIZE;

  private boolean over;
  private Optional<LogEvent> reason = Optional.empty();

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
    this.conduct = new SessionConduct(services, log);
    this.context =
        new SessionContext(
            services, client, identity, log, protocol, restrictions, conduct, () -> settings);
    this.replies = new ClientReplies(context);
    this.transaction = new MailTransaction(context, intake);
    this.reception = new MessageReception(context, transaction, intake, () -> bareNewlines);
    this.tls = new TlsNegotiation(context, transaction);
    this.sasl = new SaslDialogue(context, replies);
  }

  /** How far it has come, as Postfix's log names it. */
  String place() {
    return reception.place().orElseGet(protocol::place);
  }

  /** Whether the client is in the middle of a message. */
  boolean isInContent() {
    return reception.place().isPresent();
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
      adopt(services.personality().get());
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

  private void adopt(SmtpdSettings now) {
    boolean changed = now != settings;
    settings = now;
    protocol.adopt(settings.protocol());
    if (changed) {
      renewOffer();
    }
  }

  /** Says this instead of the banner, and nothing else. */
  void refuse(Reply reply) throws IOException {
    hangUp(reply);
  }

  /** The session is over, however it ended. */
  void close() {
    protocol.ended();
    conduct.close();
  }

  private void greet() throws IOException {
    bareNewlines = bareNewlines();
    beginConduct();
    if (settings.tls().settings().wrapperMode()) {
      TlsNegotiation.Outcome outcome = tls.fromTheStart();
      if (!outcome.isGood()) {
        if (outcome.refusal().isPresent()) {
          client.say(outcome.refusal().get());
        }
        over = true;
        return;
      }
      renewOffer();
    }
    client.requireInput();
    Optional<Reply> early = protocol.spokeEarly(client.behind());
    if (early.isPresent()) {
      hangUp(early.get());
      return;
    }
    String hostname = settings.protocol().hostname();
    Optional<Reply> excess =
        conduct.excess(it -> it.connected(hostname, services.clients().slots()));
    if (excess.isPresent()) {
      hangUp(excess.get());
      return;
    }
    Optional<Reply> refusal = restrictions.connect(context.inquiry("CONNECT"));
    refusal.ifPresent(protocol::deny);
    say(refusal.orElse(Reply.of("220 " + settings.banner())));
  }

  private void converse() throws IOException {
    CommandLine line = context.readCommand(settings.lineLengthLimit());
    if (line.bareNewline() && bareNewlines == BareNewlines.REJECT) {
      hangUp(BareNewline.refuse(context, context.inquiry(protocol.place())));
      return;
    }
    Step step = protocol.command(line);
    if (step instanceof Step.StartTls) {
      Optional<Reply> rest = tls.startTls();
      renewOffer();
      if (rest.isPresent()) {
        say(rest.get());
      }
    } else {
      say(perform(step));
      if (intake.owesAnswer()) {
        // It must not wait for what comes behind it in a pipeline: a client that is cut off before
        // it hears it sends the message again.
        client.flush();
        intake.answered();
      }
    }
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
        transaction.abandon();
        yield reply;
      }
      case Step.Greet greet -> greeting(greet);
      case Step.Sender sender -> transaction.sender(sender);
      case Step.Recipient recipient -> transaction.recipient(recipient);
      case Step.Content(Step.Envelope envelope) -> reception.data(envelope);
      case Step.Chunk chunk -> reception.chunk(chunk);
      case Step.SkipChunk(long size, Reply reply, boolean abandons) -> {
        reception.skip(size);
        if (abandons) {
          transaction.abandon();
        }
        yield reply;
      }
      case Step.Verify verify -> verify(verify);
      case Step.Etrn(String domain) -> etrn(domain);
      case Step.StartTls it -> throw new IllegalStateException("has no reply of its own");
      case Step.Auth auth -> sasl.auth(auth);
      case Step.Xclient(ClientAttributes attributes) -> replace(attributes);
      case Step.Xforward(ClientAttributes attributes) -> {
        identity.forward(attributes);
        yield attributes.refusal().orElse(Reply.of("250 2.0.0 Ok"));
      }
    };
  }

  private Reply greeting(Step.Greet greet) {
    Inquiry inquiry = context.inquiry(greet.extended() ? "EHLO" : "HELO").withHelo(greet.name());
    Optional<Reply> refusal = restrictions.greeting(inquiry);
    if (refusal.isEmpty()) {
      transaction.abandon();
      if (greet.extended()) {
        sasl.askForMechanisms();
        renewOffer();
      }
    }
    return protocol.greetingAnswered(greet, refusal);
  }

  private Reply verify(Step.Verify verify) {
    Inquiry inquiry = context.inquiry("VRFY").withRecipient(verify.address());
    Optional<Reply> refusal =
        conduct.excess(ClientConduct::recipient).or(() -> restrictions.recipient(inquiry));
    Reply reply = refusal.orElse(Reply.of("252 2.0.0 " + verify.argument()));
    protocol.answered(reply);
    return reply;
  }

  /**
   * There is no queue here, so that there is nothing to do for who may ask, RFC 1985 section 5.2.
   */
  private Reply etrn(String domain) {
    Optional<Reply> refusal = restrictions.etrn(context.inquiry("ETRN").withEtrnDomain(domain));
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

  private Reply replace(ClientAttributes attributes) throws IOException {
    var greeting = identity.replace(attributes);
    if (attributes.refusal().isPresent()) {
      return attributes.refusal().get();
    }
    transaction.abandon();
    protocol.replaced(greeting);
    beginConduct();
    protocol.authenticated(identity.login().isPresent());
    bareNewlines = bareNewlines();
    Optional<Reply> refusal = restrictions.connect(context.inquiry("XCLIENT"));
    refusal.ifPresent(protocol::deny);
    return refusal.orElse(Reply.of("220 " + settings.banner()));
  }

  private void beginConduct() {
    conduct.begin(identity.client(), renewOffer().xclient());
  }

  /**
   * Asks the lists what the client may do. That changes with who it is, with TLS, and with the
   * settings, and not with each command: a list may be a table across the network.
   */
  private Offer renewOffer() {
    Offer offer = settings.offer(identity, sasl.mechanisms());
    protocol.offer(identity.client().toString(), offer);
    return offer;
  }

  private BareNewlines bareNewlines() {
    return settings.bareNewlines(identity.client());
  }

  private Resolver resolver() {
    return services.clients().dns().within(settings.identity().dnsTimeout());
  }

  private void hangUp(Reply reply) throws IOException {
    over = true;
    say(reply);
  }

  private void say(Reply reply) throws IOException {
    replies.say(reply);
    over |= reply.closes();
  }
}
