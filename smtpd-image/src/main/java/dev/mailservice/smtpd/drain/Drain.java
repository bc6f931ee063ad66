package dev.mailservice.smtpd.drain;

import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.session.MailLog;
import dev.mailservice.smtpd.session.Sessions;
import dev.mailservice.smtpd.session.SmtpdSettings;
import dev.mailservice.smtpd.slots.Backlog;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Slots;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Serves on under the stressed personality until everybody has been heard, or time is up. */
public final class Drain {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final DrainPlan plan;
  private final Slots slots;
  private final Backlog backlog;
  private final Sessions sessions;
  private final Stopping stopAccepting;
  private final Personality<SmtpdSettings> personality;
  private final MailLog log;
  private final LongSupplier nanos;
  private boolean lastCallMade;
  private OptionalLong closedAt = OptionalLong.empty();

  /** Accepts those who wait already, and nobody after them. */
  @FunctionalInterface
  public interface Stopping {
    /**
     * Returns when nobody is accepted any more.
     *
     * @throws InterruptedException if the thread is interrupted before
     */
    void run() throws InterruptedException;
  }

  /**
   * @param timeout how long the drain may take; the pod's grace period must be 10 s longer
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public Drain(
      Duration timeout,
      Slots slots,
      Backlog backlog,
      Sessions sessions,
      Stopping stopAccepting,
      Personality<SmtpdSettings> personality,
      MailLog log,
      LongSupplier nanos) {
    this.plan = new DrainPlan(timeout);
    this.slots = slots;
    this.backlog = backlog;
    this.sessions = sessions;
    this.stopAccepting = stopAccepting;
    this.personality = personality;
    this.log = log;
    this.nanos = nanos;
  }

  /** Runs the drain; returns when the process may end. */
  public void run() throws InterruptedException {
    long start = nanos.getAsLong();
    personality.drain();
    slots.beginDrain();
    log.info(
        LogText.of(
            LogEvent.DRAINING,
            ("draining: %d sessions, %d clients waiting, at most %d s;"
                    + " another SIGTERM changes nothing, SIGKILL ends it at once")
                .formatted(
                    slots.drainCount().found(),
                    backlog.length().orElse(0),
                    plan.timeout().toSeconds())));
    while (true) {
      switch (plan.next(situation(start))) {
        case DrainPlan.Step.Serve(Duration idleLimit) -> sessions.limitIdle(idleLimit);
        case DrainPlan.Step.LastCall() -> callLast();
        case DrainPlan.Step.Close() -> {
          callLast();
          close();
          sessions.dismissAtOnce();
        }
        case DrainPlan.Step.End() -> {
          return;
        }
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private void callLast() {
    if (!lastCallMade) {
      lastCallMade = true;
      sessions.dismissAll();
      slots.unbound();
    }
  }

  private void close() throws InterruptedException {
    if (closedAt.isEmpty()) {
      stopAccepting.run();
      closedAt = OptionalLong.of(nanos.getAsLong());
    }
  }

  private DrainPlan.Situation situation(long start) {
    Slots.Usage usage = slots.usage();
    long now = nanos.getAsLong();
    return new DrainPlan.Situation(
        Duration.ofNanos(now - start),
        usage.active(),
        backlog.length().orElse(0),
        slots.quietFor(),
        usage.limit(),
        sessions.answersDue(),
        sessions.lingering(),
        closedAt.isPresent()
            ? Optional.of(Duration.ofNanos(now - closedAt.getAsLong()))
            : Optional.empty());
  }
}
