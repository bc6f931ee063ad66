package dev.mailservice.smtpd.waiting;

import java.util.Locale;

/**
 * Whom or what a session waits for: the values of the label {@code waiting_for}. The comments are
 * the documentation of the metrics, too: {@code docs/metrics.md} has them as a table.
 */
public enum WaitingFor {
  /**
   * The client: its next command, more of its message, its part of a handshake, or that it takes a
   * reply.
   */
  CLIENT,

  /**
   * The next hop: a free session with it, its connection, its replies, or that it takes more of a
   * message.
   */
  NEXT_HOP,

  /** A policy server. */
  POLICY,

  /** The Domain Name System. */
  DNS,

  /** Dovecot's authentication service. */
  AUTH,

  /** A server of lookup tables, {@code socketmap:} or {@code tcp:}. */
  TABLE,

  /** The disk: maildirs, and files of {@code speed_adjust}. */
  DISK,

  /**
   * Nobody: the session computes, waits for a processor, or makes a client with many errors wait.
   */
  NONE;

  /** Its name as a label. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
