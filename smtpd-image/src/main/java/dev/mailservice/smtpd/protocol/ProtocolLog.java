package dev.mailservice.smtpd.protocol;

/** Where the protocol says what an administrator should know of a client's ways. */
public interface ProtocolLog {
  /** A line as it is. */
  void info(String text);

  /** A line that asks for attention. */
  void warning(String text);
}
