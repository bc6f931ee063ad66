package dev.mailservice.e2e.smtp;

/** How far a client has come with a message. */
public enum Stage {
  /** It waits for the connection. */
  CONNECT,
  /** It waits for the server's greeting. */
  GREETING,
  /** It has said EHLO. */
  EHLO,
  /** It has said MAIL FROM. */
  MAIL,
  /** It has said RCPT TO. */
  RCPT,
  /** It has said DATA. */
  DATA,
  /** It sends the message. */
  CONTENT,
  /** It has sent the final dot, and does not know what became of the message until it is told. */
  FINAL_REPLY
}
