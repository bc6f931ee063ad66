package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Refusal;
import dev.mailservice.smtpd.nexthop.NextHop;
import dev.mailservice.smtpd.nexthop.NextHopTransaction;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.protocol.Step;
import dev.mailservice.smtpd.session.MessageContent.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One client, from banner to end, on one thread. */
final class Session {
  /** Postfix's word for a next hop that fails, cleanup_strerror(3) for CLEANUP_STAT_PROXY. */
  private static final Reply NEXT_HOP_FAILED = Reply.of("451 4.3.0 Error: queue file write error");

  private static final Reply TOO_LARGE = Reply.of("552 5.3.4 Error: message file too big");

  private final ClientConnection client;
  private final Supplier<SmtpdSettings> personality;
  private final SmtpdSettings settings;
  private final NextHop nextHop;
  private final MailLog log;
  private final Events events;
  private final SmtpProtocol protocol;
  private final AtomicReference<@Nullable HangUp> hangUp = new AtomicReference<>();

  /** Written by the session's thread alone, and looked at by the one that looks for the slow. */
  private volatile @Nullable NextHopTransaction transaction;

  /** Why a session ends from this side. */
  enum HangUp {
    TOO_SLOW,
    DRAINING
  }

  Session(
      Socket socket,
      Supplier<SmtpdSettings> personality,
      NextHop nextHop,
      MailLog log,
      Events events,
      LongSupplier nanos)
      throws IOException {
    this.client = new ClientConnection(socket, nanos);
    this.personality = personality;
    this.settings = personality.get();
    this.nextHop = nextHop;
    this.log = log;
    this.events = events;
    this.protocol = new SmtpProtocol(settings.protocol());
  }

  /**
   * Hangs up if the client has been waited for longer than these limits allow, and lets go of a
   * next hop that takes no more of a message. For any thread.
   *
   * @param limits what holds for every session
   * @param idleLimit what holds besides for a client that has no transaction under way
   * @param why what to tell the client
   */
  void hangUpIfExpired(long now, PatienceLimits limits, Duration idleLimit, HangUp why) {
    NextHopTransaction open = transaction;
    if (open != null && open.isStalled(now)) {
      open.cut();
    }
    hangUpIfExpired(now, open == null ? limits.atMost(idleLimit) : limits, why);
  }

  private void hangUpIfExpired(long now, PatienceLimits limits, HangUp why) {
    if (!client.patience().isExpired(now, limits)) {
      return;
    }
    if (client.patience().isWriting()) {
      // It takes no reply, so there is no telling it.
      client.abort();
    } else {
      hangUp(why);
    }
  }

  /**
   * Hangs up as soon as the session waits for its client; at once if it does now. A message whose
   * final dot has been sent gets its answer first. For any thread.
   */
  void hangUp(HangUp why) {
    if (hangUp.compareAndSet(null, why)) {
      client.endInput();
    }
  }

  void run() {
    String name = MailLog.name(client.client());
    log.info("connect from " + name);
    events.connected();
    try {
      client.say(Reply.of("220 " + settings.banner()));
      converse();
    } catch (ClientGoneException e) {
      sayWhyHungUp(name);
    } catch (IOException e) {
      log.info("lost connection after %s from %s".formatted(protocol.place(), name));
    } finally {
      abandon();
      log.info("disconnect from " + name + counts());
    }
  }

  private void converse() throws IOException {
    while (true) {
      protocol.adopt(personality.get().protocol());
      Optional<Reply> limit = protocol.limitReached();
      if (limit.isPresent()) {
        log.info(
            "too many errors after %s from %s"
                .formatted(protocol.place(), MailLog.name(client.client())));
        client.say(limit.get());
        client.flush();
        return;
      }
      Reply reply = perform(protocol.command(client.readLine(settings.lineLengthLimit())));
      slowDown();
      client.say(reply);
      if (reply.closes()) {
        client.flush();
        return;
      }
    }
  }

  private Reply perform(Step step) throws IOException {
    return switch (step) {
      case Step.Answer(Reply reply) -> reply;
      case Step.Abandon(Reply reply) -> {
        abandon();
        yield reply;
      }
      case Step.Recipient(String address, String line) -> {
        Reply reply = recipient(address, line);
        protocol.recipientAnswered(address, reply);
        yield reply;
      }
      case Step.Content(Step.Envelope envelope) -> {
        Reply reply = content(envelope);
        logOutcome(envelope, reply);
        protocol.contentAnswered(reply);
        yield reply;
      }
    };
  }

  private Reply recipient(String address, String line) {
    Optional<Refusal> refusal = settings.recipientPolicy().refusal(client.client(), address);
    if (refusal.isPresent()) {
      return refuse(refusal.get(), address);
    }
    try {
      NextHopTransaction open = transaction;
      if (open == null) {
        open = nextHop.open(settings.nextHopPatience());
        transaction = open;
        Reply sender = open.say(protocol.senderLine());
        if (!sender.isPositive()) {
          abandon();
          return sender;
        }
      }
      return open.say(line);
    } catch (IOException e) {
      return nextHopFailed(e);
    }
  }

  private Reply refuse(Refusal refusal, String address) {
    if (!refusal.warning().isEmpty()) {
      log.warning(refusal.warning());
    }
    logReject(refusal.reply(), address);
    return refusal.reply();
  }

  private Reply content(Step.Envelope envelope) throws IOException {
    NextHopTransaction open = transaction;
    if (open == null) {
      return NEXT_HOP_FAILED;
    }
    try {
      Reply ready = open.say("DATA");
      if (ready.code() != 354) {
        abandon();
        return ready.isPositive() ? NEXT_HOP_FAILED : ready;
      }
      open.content().write(receivedHeader(envelope).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return nextHopFailed(e);
    }
    client.say(Reply.of("354 End data with <CR><LF>.<CR><LF>"));
    client.flush();
    client.beginRequest();
    Outcome outcome =
        new MessageContent(client, open.content(), settings.protocol().messageSizeLimit())
            .transfer();
    return switch (outcome) {
      case COMPLETE -> deliver(open);
      case TOO_LARGE -> {
        abandon();
        yield TOO_LARGE;
      }
      case NEXT_HOP_FAILED -> nextHopFailed(new IOException("it takes no more of the message"));
    };
  }

  /** The client is told what the next hop has said, and nothing else. */
  private Reply deliver(NextHopTransaction open) {
    try {
      Reply reply = open.endContent();
      transaction = null;
      open.quit();
      return reply.isPositive() && reply.code() != 250 ? NEXT_HOP_FAILED : reply;
    } catch (IOException e) {
      return nextHopFailed(e);
    }
  }

  private Reply nextHopFailed(IOException cause) {
    log.warning("connect to proxy filter %s: %s".formatted(nextHop.address(), cause.getMessage()));
    events.nextHopFailed();
    abandon();
    return NEXT_HOP_FAILED;
  }

  private void abandon() {
    NextHopTransaction open = transaction;
    transaction = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.warning("close proxy filter %s: %s".formatted(nextHop.address(), e.getMessage()));
      }
    }
  }

  private String receivedHeader(Step.Envelope envelope) {
    return TraceHeader.received(
        client.client(),
        protocol.greeting(),
        settings.protocol().hostname(),
        settings.mailName(),
        envelope.recipients(),
        ZonedDateTime.now(log.clock()));
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
    }
  }

  private void sayWhyHungUp(String name) {
    HangUp why = hangUp.get();
    String hostname = settings.protocol().hostname();
    switch (why) {
      case null -> log.info("lost connection after %s from %s".formatted(protocol.place(), name));
      case TOO_SLOW -> {
        log.info("timeout after %s from %s".formatted(protocol.place(), name));
        events.timedOut();
        sayLast(Reply.of("421 4.4.2 %s Error: timeout exceeded".formatted(hostname)));
      }
      case DRAINING -> {
        log.info("told 421 after %s from %s: draining".formatted(protocol.place(), name));
        events.dismissed();
        sayLast(Dismissal.reply(hostname));
      }
    }
  }

  private void sayLast(Reply reply) {
    try {
      client.say(reply);
      client.flush();
    } catch (IOException e) {
      log.info(
          "lost connection after %s from %s"
              .formatted(protocol.place(), MailLog.name(client.client())));
    }
  }

  private void logReject(Reply reply, String recipient) {
    events.refused(reply.code());
    log.info(
        "NOQUEUE: reject: RCPT from %s: %s; from=<%s> to=<%s> proto=%s helo=<%s>"
            .formatted(
                MailLog.name(client.client()),
                reply,
                protocol.sender(),
                recipient,
                protocol.greeting().protocol(),
                protocol.greeting().name()));
  }

  private void logOutcome(Step.Envelope envelope, Reply reply) {
    boolean accepted = reply.isPositive();
    if (accepted) {
      events.messageAccepted();
    } else {
      events.refused(reply.code());
    }
    log.info(
        "proxy-%s: END-OF-MESSAGE: %s; from=<%s> to=<%s> proto=%s helo=<%s>"
            .formatted(
                accepted ? "accept" : "reject",
                reply,
                envelope.sender(),
                String.join(",", envelope.recipients()),
                protocol.greeting().protocol(),
                protocol.greeting().name()));
  }

  /** As in Postfix: {@code ehlo=1 mail=1 rcpt=0/1 commands=2/3}. */
  private String counts() {
    var counts = protocol.counts();
    int succeeded = counts.values().stream().mapToInt(SmtpProtocol.CommandCount::succeeded).sum();
    int tried = counts.values().stream().mapToInt(SmtpProtocol.CommandCount::tried).sum();
    return counts.entrySet().stream()
            .map(it -> " " + it.getKey().logName() + "=" + fraction(it.getValue()))
            .collect(Collectors.joining())
        + " commands="
        + fraction(new SmtpProtocol.CommandCount(succeeded, tried));
  }

  private static String fraction(SmtpProtocol.CommandCount count) {
    return count.succeeded() == count.tried()
        ? String.valueOf(count.tried())
        : count.succeeded() + "/" + count.tried();
  }
}
