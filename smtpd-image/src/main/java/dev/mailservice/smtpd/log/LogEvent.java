package dev.mailservice.smtpd.log;

import java.util.Locale;

/**
 * What a line tells of: the values of {@link LogField#EVENT}. The comments are the documentation of
 * the log, too: {@code docs/logs.md} has them as a table.
 */
public enum LogEvent {
  /** The server serves. */
  STARTED,

  /** The last free slot was taken; said once in 1000 s. */
  SATURATED,

  /** At the start: how much memory there is, and how many sessions it carries. */
  MEMORY,

  /** Memory is short: new clients and messages are refused from now on. */
  MEMORY_SHORT,

  /** There is enough memory again. */
  MEMORY_ENOUGH,

  /**
   * Clients found the queue of those who wait full; said once until there were none for a minute.
   */
  OVERFLOWED,

  /** The server was told to end and serves on under stress. */
  DRAINING,

  /** The server ends. */
  DRAINED,

  /** A client was accepted. */
  CONNECT,

  /** A session is over, however it ended. */
  DISCONNECT,

  /** The client has hung up before it was done. */
  LOST_CONNECTION,

  /** The client was too slow and was hung up on. */
  TIMEOUT,

  /** The client has made more errors than it may and was hung up on. */
  TOO_MANY_ERRORS,

  /** The client was told 421 because the server drains. */
  DISMISSED,

  /** The client did something more often than it may. */
  LIMIT_EXCEEDED,

  /** A command, a recipient or a message was refused. */
  REJECT,

  /** What {@code warn_if_reject} kept from being a refusal. */
  REJECT_WARNING,

  /** An access table asked for this line by {@code WARN} or {@code INFO}. */
  NOTE,

  /** The first recipient of a message was accepted. */
  TRANSACTION,

  /** A message was acknowledged: the next hop has it, or it is on disk. */
  ACCEPT,

  /** A message is in a recipient's maildir. */
  DELIVERED,

  /** A TLS session was established. */
  TLS,

  /** A TLS session could not be established. */
  TLS_FAILED,

  /** A client could not log in. */
  LOGIN_FAILED;

  /** Its name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
