package dev.mailservice.smtpd.drain;

import java.time.Duration;
import java.util.Optional;

/**
 * What to do at one moment of a drain.
 *
 * @param timeout how long the server serves at most; only the last words may take longer
 */
record DrainPlan(Duration timeout) {
  /** Clients still come for a while: endpoints follow a pod's deletion late. */
  private static final Duration SERVE_AT_LEAST = Duration.ofSeconds(5);

  /** No client has come for so long: those who send clients here have noticed that it ends. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /**
   * How long after the end clients who still come are told 421. Refused at the port they would not
   * know whether to wait or to try another host.
   */
  private static final Duration STILL_COMING = Duration.ofSeconds(5);

  /** How long before the end whoever still waits is told 421. */
  private static final Duration LAST_CALL = Duration.ofSeconds(2);

  /**
   * How long after the end a message's answer is still waited for: a client that does not hear it
   * sends the message again. The grace period is 10 s longer than the drain.
   */
  private static final Duration ANSWERS_GRACE = Duration.ofSeconds(8);

  /** How long a session that cannot be told anything is waited for, once nobody is accepted. */
  private static final Duration TELL_AT_MOST = Duration.ofSeconds(1);

  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

  /**
   * What the server looks like.
   *
   * @param elapsed since SIGTERM
   * @param active slots taken
   * @param waiting clients in the backlog
   * @param quiet for how long no client has come
   * @param slots how many there are
   * @param answersDue clients that have sent all of a message and not been sent the answer
   * @param lingering clients that have been hung up on and might not have noticed
   * @param closed since nobody is accepted any more; empty as long as clients are
   */
  record Situation(
      Duration elapsed,
      int active,
      int waiting,
      Duration quiet,
      int slots,
      int answersDue,
      int lingering,
      Optional<Duration> closed) {}

  sealed interface Step {
    /** Go on serving; nobody may be idle longer than this. */
    record Serve(Duration idleLimit) implements Step {}

    /** Tell everybody 421 who is there and waited for. */
    record LastCall() implements Step {}

    /** Accept nobody any more, and tell 421 whoever is there and has no message's answer due. */
    record Close() implements Step {}

    /** Nobody is left, or time is up. */
    record End() implements Step {}
  }

  Step next(Situation now) {
    if (now.closed().isPresent()) {
      return isOver(now, now.closed().get()) ? new Step.End() : new Step.Close();
    }
    if (mayClose(now)) {
      return new Step.Close();
    }
    Duration untilLastCall = timeout.minus(atMost(LAST_CALL, 5)).minus(now.elapsed());
    if (!untilLastCall.isPositive()) {
      return new Step.LastCall();
    }
    return new Step.Serve(idleLimit(now, untilLastCall));
  }

  private boolean mayClose(Situation now) {
    if (now.elapsed().compareTo(timeout.plus(atMost(STILL_COMING, 2))) >= 0) {
      return true;
    }
    boolean deserted = now.active() == 0 && now.waiting() == 0;
    Duration earliest = deserted ? atMost(SERVE_AT_LEAST, 2) : timeout;
    return now.elapsed().compareTo(earliest) >= 0 && now.quiet().compareTo(atMost(QUIET, 5)) >= 0;
  }

  private boolean isOver(Situation now, Duration closed) {
    if (now.elapsed().compareTo(timeout.plus(ANSWERS_GRACE)) >= 0) {
      return true;
    }
    boolean heard = now.answersDue() == 0 && now.lingering() == 0;
    return heard && (now.active() == 0 || closed.compareTo(TELL_AT_MOST) >= 0);
  }

  /** Short drains keep the proportions: at most this part of the whole. */
  private Duration atMost(Duration duration, int part) {
    Duration share = timeout.dividedBy(part);
    return duration.compareTo(share) < 0 ? duration : share;
  }

  /**
   * While clients wait, so short that all of them get a slot within a third of the time, if each
   * slot is held that long by each client: an idle client of this server has others to go to, and
   * those who wait behind it may be good ones whose patience runs. Where nobody waits there is no
   * hurry, and the stressed time-out holds.
   */
  private Duration idleLimit(Situation now, Duration untilLastCall) {
    if (now.waiting() == 0) {
      return untilLastCall;
    }
    int rounds = 1 + Math.ceilDiv(now.waiting(), Math.max(1, now.slots()));
    Duration share = timeout.dividedBy(3).minus(now.elapsed()).dividedBy(rounds);
    return share.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : share;
  }
}
