package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol.CommandCount;
import dev.mailservice.smtpd.slots.Departure;
import dev.mailservice.smtpd.slots.Slots;
import dev.mailservice.smtpd.waiting.SessionTime;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One client, from its connection to its end, on one thread. But where this server ends it while
 * that thread waits for the client, another one does what there is to do at the end, and the
 * session's own reads what the client still sends.
 */
final class Session {
  private final ClientConnection client;
  private final Services services;
  private final SessionLog log;
  private final SessionIdentity identity;
  private final MessageIntake intake;
  private final Conversation conversation;
  private final AtomicReference<@Nullable HangUp> hangUp = new AtomicReference<>();
  private final Consumer<Runnable> inThisSession;
  private final Semaphore room;
  private volatile boolean holdsRoom;
  private final Slots.Slot slot;
  private final SessionTime time;
  private volatile Departure departure = Departure.FINISHED;

  /** Open as long as another thread that has the last word has not done what it has to do. */
  private final CountDownLatch lastWord = new CountDownLatch(1);

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

  /**
   * @param slot released when the session is over, which may be before its client has noticed
   * @param room for connections of clients that have not noticed
   * @param time where its time goes
   */
  Session(Socket socket, Services services, Slots.Slot slot, Semaphore room, SessionTime time)
      throws IOException {
    this.slot = slot;
    this.room = room;
    this.time = time;
    this.inThisSession = services.log().thisSession();
    this.client = new ClientConnection(socket, services.nanos(), time);
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
    client.endLingering(now);
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
    if (hangUp.compareAndSet(null, why) && client.endInput()) {
      start(
          () -> {
            sayWhyHungUp(client::sayLast);
            cleanUp();
            partFromClient();
          });
    }
  }

  /**
   * Tells the client that the server ends, whatever the session does at the moment: it may wait for
   * the next hop, for a policy server, for a name. Only a client whose message's answer is due is
   * left to wait for that, and one that takes no reply cannot be told. For any thread.
   */
  void dismissAtOnce() {
    if (client.takeLastWord()) {
      hangUp.set(HangUp.DRAINING);
      start(
          () -> {
            sayWhyHungUp(client::sayLast);
            partFromClient();
            client.linger();
          });
    }
  }

  private void start(Runnable last) {
    Thread.ofVirtual()
        .name("last word")
        .start(
            () -> {
              try {
                inThisSession.accept(last);
              } catch (RuntimeException | Error e) {
                log.warning("session ended by a fault: " + e);
                client.closeQuietly();
              } finally {
                slot.release(Departure.CUT);
                lastWord.countDown();
              }
            });
  }

  /** Whether the client has sent all of a message and not been sent the answer. For any thread. */
  boolean owesAnswer() {
    return intake.owesAnswer();
  }

  /** Whether the session is over and its client has not noticed yet. For any thread. */
  boolean isLingering() {
    return client.isLingering();
  }

  /**
   * Runs the session. When this returns it is over, its slot is released, and {@link #linger} may
   * follow.
   */
  void run() {
    services.events().connected();
    try {
      beginUnlessHungUp();
      conversation.run();
      conversation.reason().ifPresent(this::logEnd);
    } catch (LookupFailure e) {
      logDataError(e);
    } catch (ClientGoneException e) {
      if (!client.isTaken()) {
        sayWhyHungUp(this::sayAndFlush);
      }
    } catch (IOException e) {
      if (!client.isTaken()) {
        logEnd(LogEvent.LOST_CONNECTION);
      }
    } catch (RuntimeException | Error e) {
      departure = Departure.CUT;
      throw e;
    } finally {
      if (client.patience().end()) {
        cleanUp();
      }
      if (!client.isTaken()) {
        partFromClient();
      }
    }
  }

  /** Whoever is not to be served is not asked who it is. Where TLS comes first it has to. */
  private void beginUnlessHungUp() throws IOException {
    if (hangUp.get() == null) {
      identify();
    } else if (!services.personality().get().tls().settings().wrapperMode()) {
      throw new ClientGoneException();
    }
  }

  /** Lets go of what the session holds, but for its client and its slot. */
  private void cleanUp() {
    intake.abandon();
    conversation.close();
    log.info(disconnected());
  }

  private void partFromClient() {
    client.end();
    if (client.isWorthLingering() && room.tryAcquire()) {
      holdsRoom = true;
      client.beginLingering();
    } else {
      client.closeQuietly();
    }
    services.times().end(time);
    slot.release(client.wasAborted() ? Departure.CUT : departure);
  }

  /** Stays with a client that has been hung up on until it has noticed, for a while at most. */
  void linger() {
    try {
      if (client.isTaken()) {
        lastWord.await();
      }
      client.linger();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (holdsRoom) {
        room.release();
      }
    }
  }

  private void identify() throws IOException {
    var identification = new Identification(services, log);
    Client peer = identity.client();
    try {
      Client client = identification.behindProxy(peer, this.client);
      identity.identified(identification.named(client));
    } catch (ClientGoneException e) {
      throw e;
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

  /** Says it, whoever has the last word. */
  private interface Saying {
    void say(Reply reply) throws IOException;
  }

  private void sayWhyHungUp(Saying saying) {
    HangUp why = hangUp.get();
    String hostname = services.personality().get().protocol().hostname();
    switch (why) {
      case null -> logEnd(LogEvent.LOST_CONNECTION);
      case TOO_SLOW -> {
        logEnd(LogEvent.TIMEOUT);
        services.events().timedOut();
        var unused =
            sayLast(Reply.of("421 4.4.2 %s Error: timeout exceeded".formatted(hostname)), saying);
      }
      case DRAINING -> {
        String place = conversation.place();
        log.info(
            LogText.of(
                    LogEvent.DISMISSED,
                    "told 421 after %s from %s: draining".formatted(place, identity.client()))
                .with(LogField.COMMAND, place));
        if (sayLast(Dismissal.reply(hostname), saying)) {
          departure = Departure.DISMISSED;
        }
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
    var unused = sayLast(reply, this::sayAndFlush);
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

  private void sayAndFlush(Reply reply) throws IOException {
    client.say(reply);
    client.flush();
  }

  /** Whether there was still somebody to hear it. */
  private boolean sayLast(Reply reply, Saying saying) {
    try {
      saying.say(reply);
      return true;
    } catch (IOException e) {
      logEnd(LogEvent.LOST_CONNECTION);
      return false;
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
