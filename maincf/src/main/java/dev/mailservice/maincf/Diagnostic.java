package dev.mailservice.maincf;

/**
 * One thing to tell the administrator about a configuration.
 *
 * @param severity whether the configuration can be used all the same
 * @param position where it stands
 * @param message what is wrong and what would be right, one sentence
 */
public record Diagnostic(Severity severity, Position position, String message) {
  /** How bad it is. */
  public enum Severity {
    /** The configuration is used; the administrator should look. */
    WARNING,
    /** The configuration is refused. */
    ERROR
  }

  static Diagnostic warning(Position position, String message) {
    return new Diagnostic(Severity.WARNING, position, message);
  }

  static Diagnostic error(Position position, String message) {
    return new Diagnostic(Severity.ERROR, position, message);
  }

  /** One line: {@code main.cf, line 3, column 14: truncated macro reference: "${stress"}. */
  @Override
  public String toString() {
    return position + ": " + message;
  }
}
