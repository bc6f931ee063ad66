package dev.mailservice.maincf;

import java.util.regex.Pattern;

/**
 * One thing to tell the administrator about a configuration.
 *
 * @param severity whether the configuration can be used all the same
 * @param position where it stands
 * @param message what is wrong and what would be right, one sentence
 */
public record Diagnostic(Severity severity, Position position, String message) {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");

  /**
   * A value that somebody sets without need may be longer than anything that shows messages takes.
   */
  private static final int MAX_MESSAGE = 1000;

  /** What is longer is cut; what a terminal or a log would obey becomes a question mark. */
  public Diagnostic {
    String cut =
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
    message = CONTROL.matcher(cut).replaceAll("?");
  }

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
