package dev.mailservice.smtpd.log;

/** Where rendered lines go. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface LogOutput {
  /** Takes a line, whole and with its newline. Never waits for whoever reads the log. */
  void write(byte[] line);

  /** How many lines were dropped since the start because nobody has read them. */
  default long dropped() {
    return 0;
  }
}
