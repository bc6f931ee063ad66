package dev.mailservice.smtpd.protocol;

/** How far a mail transaction has come, RFC 5321 section 3.3. */
enum Phase {
  /** No transaction. */
  IDLE,
  /** A sender is given, no recipient accepted. */
  SENDER,
  /** At least one recipient is accepted. */
  RECIPIENTS
}
