package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.slots.Departure;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Slots;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.SessionTimes;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * All sessions of the server. Runs them, and looks several times a second for clients that are
 * slower than the personality of the moment allows.
 */
public final class Sessions implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Personality<SmtpdSettings> personality;
  private final Services services;
  private final MailLog log;
  private final LongSupplier nanos;
  private final Semaphore lingering;
  private final Set<Session> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService lookout =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("patience").factory());
  private final ScheduledFuture<?> looking;
  private volatile Duration idleLimit = Duration.ofDays(1);
  private volatile boolean dismissing;

  /** Starts to look for slow clients; there are none yet. */
  public Sessions(
      Personality<SmtpdSettings> personality,
      Delivery delivery,
      ClientCare clients,
      MemoryWatch memory,
      MailLog log,
      Events events,
      SessionTimes times,
      LongSupplier nanos) {
    this.personality = personality;
    this.services =
        new Services(
            personality::current,
            delivery,
            log,
            events,
            new MessageNames(log.clock()),
            clients,
            memory,
            times,
            nanos);
    this.log = log;
    this.nanos = nanos;
    this.lingering = new Semaphore(clients.lingering());
    this.looking =
        lookout.scheduleWithFixedDelay(
            this::hangUpOnTheSlow,
            LOOK_EVERY.toMillis(),
            LOOK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Runs a client's session to its end, on the calling thread, and stays with the client for a
   * while where it might not have noticed. The caller closes the socket.
   *
   * @param slot released as soon as the session is over
   */
  public void serve(Socket socket, Slots.Slot slot) {
    SessionTime time = services.times().begin();
    try {
      log.inSession(() -> time.run(() -> serveInSession(socket, slot, time)));
    } finally {
      services.times().end(time);
    }
  }

  private void serveInSession(Socket socket, Slots.Slot slot, SessionTime time) {
    if (services.memory().isShort()) {
      refuse(socket, slot);
      return;
    }
    Session session;
    try {
      session = new Session(socket, services, slot, lingering, time);
    } catch (IOException e) {
      log.info("lost connection before the banner: " + e.getMessage());
      return;
    }
    running.add(session);
    try {
      if (dismissing) {
        session.hangUp(Session.HangUp.DRAINING);
      }
      run(session);
    } finally {
      running.remove(session);
    }
  }

  private void run(Session session) {
    try {
      session.run();
    } catch (RuntimeException | Error e) {
      // A fault of this server's own must end no other session, and no administrator may miss it.
      log.warning("session ended by a fault: " + e);
    } finally {
      session.linger();
    }
  }

  /**
   * While the server drains: a client without a transaction may be idle no longer than this, so
   * that those who wait are heard in time. Running transactions finish.
   */
  public void limitIdle(Duration limit) {
    idleLimit = limit;
  }

  /**
   * The server is about to end: tells every client so as soon as it is waited for, new ones too.
   */
  public void dismissAll() {
    dismissing = true;
    running.forEach(session -> session.hangUp(Session.HangUp.DRAINING));
  }

  /**
   * The server ends now: tells so every client that is not waiting for the answer to a message,
   * whatever its session is doing. May be repeated, for those who could not be told at that moment.
   */
  public void dismissAtOnce() {
    running.forEach(Session::dismissAtOnce);
  }

  /** How many sessions are over whose clients might not have noticed yet. */
  public int lingering() {
    return Math.toIntExact(running.stream().filter(Session::isLingering).count());
  }

  /** How many clients have sent all of a message and not been sent the answer. */
  public int answersDue() {
    return Math.toIntExact(running.stream().filter(Session::owesAnswer).count());
  }

  /** Without a line in the log for each, of which there may be thousands a second. */
  private void refuse(Socket socket, Slots.Slot slot) {
    services.memory().refused();
    if (personality.current().tls().settings().wrapperMode()) {
      // It would not understand, and a handshake would take what is short.
      return;
    }
    try {
      Reply reply = MemoryShortage.session(personality.current().protocol().hostname());
      socket.getOutputStream().write(reply.toWire().getBytes(StandardCharsets.ISO_8859_1));
      slot.release(Departure.DISMISSED);
    } catch (IOException e) {
      // It has gone, and takes no memory.
      return;
    }
  }

  private void hangUpOnTheSlow() {
    // Whoever is slow takes the memory that others would use.
    PatienceLimits limits =
        (services.memory().isShort() ? personality.stressed() : personality.current()).patience();
    // Idle in transactions a few clients would keep all mail out, at most slots free and in calm.
    PatienceLimits scarce =
        services.delivery().waiting() > 0 ? personality.stressed().patience() : limits;
    Session.HangUp why =
        personality.isDraining() ? Session.HangUp.DRAINING : Session.HangUp.TOO_SLOW;
    long now = nanos.getAsLong();
    for (Session session : running) {
      try {
        session.hangUpIfExpired(now, new Session.Allowance(limits, scarce, idleLimit), why);
      } catch (Throwable e) {
        // Not even an Error may end the looking: without that nobody is ever hung up on.
        log.warning("looking for slow clients: " + e);
      }
    }
  }

  /** Whether slow clients are looked for; if not, and nobody has closed this, it is broken. */
  public boolean isLooking() {
    return !looking.isDone();
  }

  /** Stops looking; sessions go on. */
  @Override
  public void close() {
    lookout.shutdownNow();
  }
}
