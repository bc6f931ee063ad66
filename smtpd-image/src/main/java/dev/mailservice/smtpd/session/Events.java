package dev.mailservice.smtpd.session;

/** What is worth counting in a session. Implementations are safe for use by several threads. */
public interface Events {
  /** A client was accepted. */
  void connected();

  /** A message was acknowledged to the client. */
  void messageAccepted();

  /**
   * A recipient or a message was refused.
   *
   * @param code the SMTP reply code
   */
  void refused(int code);

  /** A client was hung up on because it was too slow. */
  void timedOut();

  /** The next hop could not be used. */
  void nextHopFailed();
}
