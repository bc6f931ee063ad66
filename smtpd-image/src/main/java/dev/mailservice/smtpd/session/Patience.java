package dev.mailservice.smtpd.session;

import java.time.Duration;

/**
 * What a session waits for from its client, and since when. Written by the session's thread alone,
 * read by the one that looks for slow clients.
 */
final class Patience {
  private volatile boolean waiting;
  private volatile boolean writing;
  private volatile long requestSince;
  private volatile long progressSince;
  private volatile long bytes;
  private volatile boolean earns;
  private volatile boolean handshaking;
  private volatile boolean handshakeOver;

  /**
   * A new request begins: a command, or a message.
   *
   * @param earning whether its bytes earn time, which a command's would be too much for
   */
  void request(long now, boolean earning) {
    requestSince = now;
    bytes = 0;
    earns = earning;
  }

  /** The session waits for the client to send something, from now on. */
  void reading(long now) {
    progressSince = now;
    writing = false;
    waiting = true;
  }

  /** The session waits for the client to take something, from now on. */
  void writing(long now) {
    progressSince = now;
    writing = true;
    waiting = true;
  }

  /** The session shakes hands with the client, from now on and until the next progress. */
  void handshaking(long now) {
    progressSince = now;
    handshaking = true;
  }

  /** The handshake is over. */
  void shookHands() {
    handshaking = false;
  }

  /** Whether a handshake takes longer than it may. */
  boolean isHandshakeExpired(long now, Duration limit) {
    return handshaking && now - progressSince >= limit.toNanos();
  }

  /** The handshake has been cut off for that. */
  void handshakeExpired() {
    handshakeOver = true;
  }

  /** Whether the handshake was cut off because it took too long. */
  boolean wasHandshakeExpired() {
    return handshakeOver;
  }

  /** Whether the client is waited for to take something. */
  boolean isWriting() {
    return waiting && writing;
  }

  /** The client has done something: so many bytes. The session waits no more. */
  void progress(int count) {
    waiting = false;
    bytes += count;
  }

  /** Whether the client has been waited for longer than these limits allow. */
  boolean isExpired(long now, PatienceLimits limits) {
    if (!waiting) {
      return false;
    }
    long allowed = limits.timeout().toNanos();
    if (!limits.perRequest()) {
      return now - progressSince >= allowed;
    }
    long earned = earns ? Duration.ofSeconds(1).toNanos() / limits.minDataRate() * bytes : 0;
    return now - requestSince >= allowed + earned;
  }
}
