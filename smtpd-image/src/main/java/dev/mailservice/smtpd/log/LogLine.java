package dev.mailservice.smtpd.log;

import java.time.ZonedDateTime;
import java.util.OptionalLong;

/**
 * One line before it is written.
 *
 * @param time when it happened
 * @param host the machine's name
 * @param program as Postfix's logs name it, {@code postfix/smtpd}
 * @param pid the process
 * @param session the session's number, which stands in the process's place in text
 * @param level how much it asks for attention
 * @param content what it says
 */
public record LogLine(
    ZonedDateTime time,
    String host,
    String program,
    long pid,
    OptionalLong session,
    Level level,
    LogText content) {

  /** How much a line asks for attention. */
  public enum Level {
    /** It is as it should be. */
    INFO,
    /** The administrator should look at it. */
    WARNING
  }

  /** The text as Postfix writes it, {@code warning:} included. */
  String message() {
    return level == Level.WARNING ? "warning: " + content.text() : content.text();
  }
}
