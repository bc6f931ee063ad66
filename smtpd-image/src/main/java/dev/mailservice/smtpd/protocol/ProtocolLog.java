package dev.mailservice.smtpd.protocol;

/**
 * Where the protocol and the restrictions say what an administrator should know, in Postfix's
 * words.
 */
public interface ProtocolLog {
  /** A line as it is. */
  void info(String text);

  /** A line that asks for attention. */
  void warning(String text);
}
