package dev.mailservice.e2e.flood;

/** What became of a good mail, as its client saw it. */
public enum Outcome {
  /** The server said 250 to the final dot. */
  ACCEPTED,
  /** The server said no, at any step. */
  REFUSED,
  /** The client's patience ended first. */
  TIMED_OUT,
  /** The connection was refused, reset or closed, or the server spoke no SMTP. */
  BROKEN
}
