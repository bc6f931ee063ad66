package dev.mailservice.smtpd.access;

/** What a restriction says of an inquiry, access(5). */
enum Verdict {
  /** Nothing: the next restriction is asked, {@code DUNNO}. */
  UNDECIDED,
  /** The list is over, and nothing stands in the way, {@code OK}. */
  PERMIT,
  /** It is refused; the reply is with the {@link Evaluation}. */
  REJECT
}
