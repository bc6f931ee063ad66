package dev.mailservice.e2e.flood;

/** What became of a good mail, as its client saw it. */
public enum Outcome {
  /** The server said 250 to the final dot. */
  ACCEPTED,
  /** The server said no, at any step. */
  REFUSED,
  /** The client's patience ended first. */
  TIMED_OUT,
  /** There was no connection: it was refused, or no route led there. */
  UNREACHABLE,
  /** The connection was reset, while the client read or wrote. */
  RESET,
  /** The server closed the connection where a reply was due. */
  CLOSED,
  /** The server spoke no SMTP. */
  NOT_SMTP;

  /** Whether the client was left without an answer, and not for want of patience. */
  public boolean broken() {
    return switch (this) {
      case UNREACHABLE, RESET, CLOSED, NOT_SMTP -> true;
      case ACCEPTED, REFUSED, TIMED_OUT -> false;
    };
  }
}
