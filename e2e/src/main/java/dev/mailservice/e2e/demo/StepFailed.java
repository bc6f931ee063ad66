package dev.mailservice.e2e.demo;

/** A step of the demo failed; the message is the one line that a person gets to read. */
public final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure that explains itself. */
  public StepFailed(String message) {
    super(message);
  }

  /** A failure with a cause that belongs into the log. */
  public StepFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
