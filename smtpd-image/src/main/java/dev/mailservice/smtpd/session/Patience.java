package dev.mailservice.smtpd.session;

import java.time.Duration;

/**
 * What a session waits for from its client, and since when. Written by the session's thread alone,
 * read by the one that looks for slow clients.
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

  /** The session waits for the client to send something, from now on. */
  synchronized void reading(long now) {
    progressSince = now;
    writing = false;
    waiting = true;
  }

  /** The session waits for the client to take something, from now on. */
  synchronized void writing(long now) {
    progressSince = now;
    writing = true;
    waiting = true;
  }

  /** The session shakes hands with the client, from now on and until the next progress. */
  synchronized void handshaking(long now) {
    progressSince = now;
    handshaking = true;
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
    if (!waiting) {
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
