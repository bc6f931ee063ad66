package dev.mailservice.smtpd.log;

import java.util.Locale;

/** What a line tells of: the values of {@link LogField#EVENT}. */
public enum LogEvent {
  /** See its description. */
  STARTED("the server serves"),
  /** See its description. */
  SATURATED("the last free slot was taken; said once in 1000 s"),
  /** See its description. */
  DRAINING("the server was told to end and serves on under stress"),
  /** See its description. */
  DRAINED("the server ends"),
  /** See its description. */
  CONNECT("a client was accepted"),
  /** See its description. */
  DISCONNECT("a session is over, however it ended"),
  /** See its description. */
  LOST_CONNECTION("the client has hung up before it was done"),
  /** See its description. */
  TIMEOUT("the client was too slow and was hung up on"),
  /** See its description. */
  TOO_MANY_ERRORS("the client has made more errors than it may and was hung up on"),
  /** See its description. */
  DISMISSED("the client was told 421 because the server drains"),
  /** See its description. */
  LIMIT_EXCEEDED("the client did something more often than it may"),
  /** See its description. */
  REJECT("a command, a recipient or a message was refused"),
  /** See its description. */
  REJECT_WARNING("what warn_if_reject kept from being a refusal"),
  /** See its description. */
  NOTE("an access table asked for this line by WARN or INFO"),
  /** See its description. */
  TRANSACTION("the first recipient of a message was accepted"),
  /** See its description. */
  ACCEPT("a message was acknowledged: the next hop has it, or it is on disk"),
  /** See its description. */
  DELIVERED("a message is in a recipient's maildir"),
  /** See its description. */
  TLS("a TLS session was established"),
  /** See its description. */
  TLS_FAILED("a TLS session could not be established"),
  /** See its description. */
  LOGIN_FAILED("a client could not log in");

  private final String description;

  LogEvent(String description) {
    this.description = description;
  }

  /** Its name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, for the documentation. */
  public String description() {
    return description;
  }
}
