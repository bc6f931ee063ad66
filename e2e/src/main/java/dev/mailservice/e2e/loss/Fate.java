package dev.mailservice.e2e.loss;

/** What a client knows about one attempt to hand over a message. */
enum Fate {
  /** It was told 250 to the final dot. */
  ACKNOWLEDGED,
  /** It was told no before it sent the message. */
  REFUSED,
  /**
   * It was told no to the final dot. A next hop that took the message and hung up before it said so
   * has it all the same.
   */
  REFUSED_AFTER_CONTENT,
  /**
   * It had sent the final dot and lost the connection. It has to send the message again, and the
   * recipient may get it twice: RFC 5321 sections 4.2.5 and 6.1, RFC 1047.
   */
  UNKNOWN,
  /** There was no connection, or it was lost before all of the message was sent. */
  NOT_SENT
}
