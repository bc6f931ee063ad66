package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol.CommandCount;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One client, from its connection to its end, on one thread. */
final class Session {
  private final ClientConnection client;
  private final Services services;
  private final SessionLog log;
  private final SessionIdentity identity;
  private final MessageIntake intake;
  private final Conversation conversation;
  private final AtomicReference<@Nullable HangUp> hangUp = new AtomicReference<>();

  /** Why a session ends from this side. */
  enum HangUp {
    TOO_SLOW,
    DRAINING
  }

  /**
   * How slow a client may be, by what it keeps from others.
   *
   * @param limits what holds for every session
   * @param scarce what holds while it has room that others may be waiting for
   * @param idle what holds besides for a client that has no transaction under way
   */
  record Allowance(PatienceLimits limits, PatienceLimits scarce, Duration idle) {
    PatienceLimits of(MessageIntake intake) {
      if (intake.holdsRoom()) {
        return scarce;
      }
      return intake.isOpen() ? limits : limits.atMost(idle);
    }
  }

  Session(Socket socket, Services services) throws IOException {
    this.client = new ClientConnection(socket, services.nanos());
    this.services = services;
    this.identity = new SessionIdentity(Identification.peer(socket));
    this.log = new SessionLog(services.log(), identity::client);
    this.intake = new MessageIntake(services.delivery(), client, log, services.events());
    this.conversation = new Conversation(services, client, identity, log, intake);
  }

  /**
   * Hangs up if the client has been waited for longer than these limits allow, and lets go of a
   * delivery that takes no more of a message. For any thread.
   *
   * @param why what to tell the client
   */
  void hangUpIfExpired(long now, Allowance allowance, HangUp why) {
    intake.cutIfStalled(now);
    hangUpIfExpired(now, allowance.of(intake), why);
  }

  private void hangUpIfExpired(long now, PatienceLimits limits, HangUp why) {
    if (client
        .patience()
        .isHandshakeExpired(
            now, services.personality().get().tls().settings().handshakeTimeout())) {
      client.patience().handshakeExpired();
      client.abort();
      return;
    }
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

  /** Whether the client has sent all of a message and not been sent the answer. For any thread. */
  boolean owesAnswer() {
    return intake.owesAnswer();
  }

  void run() {
    services.events().connected();
    try {
      identify();
      conversation.run();
      conversation.reason().ifPresent(this::logEnd);
    } catch (LookupFailure e) {
      logDataError(e);
    } catch (ClientGoneException e) {
      sayWhyHungUp();
    } catch (IOException e) {
      logEnd(LogEvent.LOST_CONNECTION);
    } finally {
      intake.abandon();
      conversation.close();
      client.end();
      log.info(disconnected());
    }
  }

  private void identify() throws IOException {
    var identification = new Identification(services, log);
    Client peer = identity.client();
    try {
      Client client = identification.behindProxy(peer, this.client);
      identity.identified(identification.named(client));
    } catch (IOException e) {
      log.warning(String.valueOf(e.getMessage()));
      conversation.refuse(
          Reply.of(
              "421 4.3.0 %s Server local error"
                  .formatted(services.personality().get().protocol().hostname())));
    } finally {
      log.info(LogText.of(LogEvent.CONNECT, "connect from " + identity.client()));
    }
  }

  private void sayWhyHungUp() {
    HangUp why = hangUp.get();
    String hostname = services.personality().get().protocol().hostname();
    switch (why) {
      case null -> logEnd(LogEvent.LOST_CONNECTION);
      case TOO_SLOW -> {
        logEnd(LogEvent.TIMEOUT);
        services.events().timedOut();
        sayLast(Reply.of("421 4.4.2 %s Error: timeout exceeded".formatted(hostname)));
      }
      case DRAINING -> {
        String place = conversation.place();
        log.info(
            LogText.of(
                    LogEvent.DISMISSED,
                    "told 421 after %s from %s: draining".formatted(place, identity.client()))
                .with(LogField.COMMAND, place));
        services.events().dismissed();
        sayLast(Dismissal.reply(hostname));
      }
    }
  }

  /** A list that says who the client is cannot be asked: nothing can be said to it for certain. */
  private void logDataError(LookupFailure failure) {
    String hostname = services.personality().get().protocol().hostname();
    Reply reply = Reply.of("421 4.3.0 %s Server local data error".formatted(hostname));
    log.warning(String.valueOf(failure.getMessage()));
    String place = conversation.place();
    log.info(
        RejectLog.told(
            LogText.of(
                    LogEvent.REJECT,
                    "NOQUEUE: reject: %s from %s: %s".formatted(place, identity.client(), reply))
                .with(LogField.COMMAND, place),
            reply));
    sayLast(reply);
  }

  /** As Postfix does it: who leaves after its message is delivered, without QUIT, has done well. */
  private void logEnd(LogEvent reason) {
    String place = conversation.place();
    if (place.equals("END-OF-MESSAGE") && reason == LogEvent.LOST_CONNECTION) {
      return;
    }
    String content =
        conversation.isInContent()
            ? " (%d bytes)".formatted(intake.size() + client.buffered())
            : "";
    log.info(
        LogText.of(
                reason,
                "%s after %s%s from %s"
                    .formatted(reason.key().replace('_', ' '), place, content, identity.client()))
            .with(LogField.COMMAND, place));
  }

  private void sayLast(Reply reply) {
    try {
      client.say(reply);
      client.flush();
    } catch (IOException e) {
      logEnd(LogEvent.LOST_CONNECTION);
    }
  }

  /** As in Postfix: {@code ehlo=1 mail=1 rcpt=0/1 commands=2/3}. */
  private LogText disconnected() {
    var counts = conversation.protocol().counts();
    int succeeded = counts.values().stream().mapToInt(CommandCount::succeeded).sum();
    int tried = counts.values().stream().mapToInt(CommandCount::tried).sum();
    String each =
        counts.entrySet().stream()
            .map(it -> " " + it.getKey().logName() + "=" + fraction(it.getValue()))
            .collect(Collectors.joining());
    String all = tried == 0 ? "0/0" : fraction(new CommandCount(succeeded, tried));
    return LogText.of(
            LogEvent.DISCONNECT,
            "disconnect from %s%s commands=%s".formatted(identity.client(), each, all))
        .with(LogField.COMMANDS, tried)
        .with(LogField.COMMANDS_ACCEPTED, succeeded);
  }

  private static String fraction(CommandCount count) {
    return count.succeeded() == count.tried()
        ? String.valueOf(count.tried())
        : count.succeeded() + "/" + count.tried();
  }
}
