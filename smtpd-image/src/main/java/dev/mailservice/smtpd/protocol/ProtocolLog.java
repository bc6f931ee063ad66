package dev.mailservice.smtpd.protocol;

import dev.mailservice.smtpd.log.LogText;

/**
 * Where the protocol and the restrictions say what an administrator should know, in Postfix's
 * words.
 */
public interface ProtocolLog {
  /** A line as it is. */
  default void info(String text) {
    info(LogText.of(text));
  }

  /** A line with what programs may know of it. */
  void info(LogText text);

  /** A line that asks for attention. */
  void warning(String text);
}
