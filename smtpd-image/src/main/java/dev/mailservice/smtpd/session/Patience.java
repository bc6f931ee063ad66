package dev.mailservice.smtpd.session;

import java.time.Duration;

/**
 * What a session waits for from its client, and since when, and who has the last word. Written by
 * the session's thread, read by the one that looks for slow clients.
 *
 * <p>A session's thread that waits for its client cannot be woken but by ending the connection's
 * input, and then a client that goes on sending would see a reset instead of its 421. So another
 * thread says the last word, and the session's own only reads what still comes. From then on the
 * session's thread is told at each step that it has no more to say.
 */
final class Patience {
  private boolean waiting;
  private boolean writing;
  private long progressSince;

  /** Of this request, nanoseconds, without the wait that is not over. */
  private long waited;

  private long bytes;
  private boolean earns;
  private boolean handshaking;
  private boolean handshakeOver;

  /** For as long as what is waited for has a limit of its own. */
  private boolean unhurried;

  /** Nothing is to be waited for any more. */
  private boolean inputEnded;

  private Taken taken = Taken.NO;

  /** The session has come to its end. */
  private boolean over;

  /** All of a message is here, and its answer is not said. */
  private boolean answerDue;

  private boolean aborted;

  /** What another thread does instead of the session's. */
  private enum Taken {
    NO,
    /** It says the last word. */
    LAST_WORD,
    /** It does all that there is to do at the end. */
    END
  }

  /**
   * A new request begins: a command, or a message.
   *
   * @param earning whether its bytes earn time, which a command's would be too much for
   */
  synchronized void request(boolean earning) {
    waited = 0;
    bytes = 0;
    earns = earning;
  }

  /**
   * The session waits for the client to send something, from now on.
   *
   * @return false if it must not
   */
  synchronized boolean reading(long now) {
    if (inputEnded || isTaken()) {
      return false;
    }
    progressSince = now;
    writing = false;
    waiting = true;
    return true;
  }

  /** Whether what is waited for has a limit of its own, and none of {@link #isExpired}. */
  synchronized void unhurried(boolean now) {
    unhurried = now;
  }

  /**
   * The session waits for the client to take something, from now on.
   *
   * @return false if it must not
   */
  synchronized boolean writing(long now) {
    if (isTaken()) {
      return false;
    }
    writingLast(now);
    return true;
  }

  /** The same of whoever has the last word. */
  synchronized void writingLast(long now) {
    progressSince = now;
    writing = true;
    waiting = true;
  }

  /**
   * Nothing is to be waited for any more.
   *
   * @return whether the session's thread waits for its client at this moment, so that the caller
   *     has the last word in its stead; it does nothing more then than to read
   */
  synchronized boolean endInput() {
    inputEnded = true;
    boolean reads = waiting && !writing && !over && !isTaken();
    if (reads) {
      taken = Taken.END;
    }
    return reads;
  }

  /**
   * The last word is to be said at once, whatever the session's thread is doing.
   *
   * @return whether the caller has it: not while the client is written to, nor while an answer to a
   *     message is due
   */
  synchronized boolean takeLastWord() {
    if (over || isTaken() || answerDue || handshaking || (waiting && writing)) {
      return false;
    }
    inputEnded = true;
    taken = Taken.LAST_WORD;
    return true;
  }

  /** Whether another thread has the last word. */
  synchronized boolean isTaken() {
    return taken != Taken.NO;
  }

  /**
   * The session has come to its end: from now on nobody has a word to say.
   *
   * @return false if another thread does what there is to do
   */
  synchronized boolean end() {
    over = true;
    return taken != Taken.END;
  }

  /**
   * All of a message is here: from now on its answer is due.
   *
   * @return false if another thread has told the client otherwise, so that it must go nowhere
   */
  synchronized boolean answerDue() {
    if (isTaken()) {
      return false;
    }
    answerDue = true;
    return true;
  }

  /** The answer has been sent. */
  synchronized void answered() {
    answerDue = false;
  }

  synchronized boolean isAnswerDue() {
    return answerDue;
  }

  /** The connection was closed without a word. */
  synchronized void aborted() {
    aborted = true;
  }

  synchronized boolean wasAborted() {
    return aborted;
  }

  /**
   * The session shakes hands with the client, from now on: nobody may say a word in plain text.
   *
   * @return false if it must not, because another thread has the last word
   */
  synchronized boolean handshaking(long now) {
    if (isTaken()) {
      return false;
    }
    progressSince = now;
    handshaking = true;
    return true;
  }

  /** The handshake is over. */
  synchronized void shookHands() {
    handshaking = false;
  }

  /** Whether a handshake takes longer than it may. */
  synchronized boolean isHandshakeExpired(long now, Duration limit) {
    return handshaking && now - progressSince >= limit.toNanos();
  }

  /** The handshake has been cut off for that. */
  synchronized void handshakeExpired() {
    handshakeOver = true;
  }

  /** Whether the handshake was cut off because it took too long. */
  synchronized boolean wasHandshakeExpired() {
    return handshakeOver;
  }

  /** Whether the client is waited for to take something. */
  synchronized boolean isWriting() {
    return waiting && writing;
  }

  /** The client has done something: so many bytes. The session waits no more. */
  synchronized void progress(long now, int count) {
    waiting = false;
    waited += now - progressSince;
    bytes += count;
  }

  /**
   * Whether the client has been waited for longer than these limits allow. What the session spends
   * on anything else is not the client's fault, and does not count, as {@code
   * smtpd_per_request_deadline} in postconf(5) has it.
   */
  synchronized boolean isExpired(long now, PatienceLimits limits) {
    if (!waiting || unhurried) {
      return false;
    }
    long allowed = limits.timeout().toNanos();
    if (!limits.perRequest()) {
      return now - progressSince >= allowed;
    }
    long earned = earns ? Duration.ofSeconds(1).toNanos() / limits.minDataRate() * bytes : 0;
    return waited + (now - progressSince) >= allowed + earned;
  }
}
