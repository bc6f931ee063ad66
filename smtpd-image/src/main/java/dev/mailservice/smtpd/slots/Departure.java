package dev.mailservice.smtpd.slots;

/** How a session ended, as the drain's metrics and its last log line tell it. */
public enum Departure {
  /** It came to the end that it would have come to without a drain, or its client hung up. */
  FINISHED,

  /** Its client was told 421 because the server ends. */
  DISMISSED,

  /** Its client was hung up on without a word. */
  CUT
}
