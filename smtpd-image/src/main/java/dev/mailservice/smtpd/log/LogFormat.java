package dev.mailservice.smtpd.log;

/**
 * How a line looks, {@code maillog_format}. Implementations are safe for use by several threads.
 */
public interface LogFormat {
  /** The line as UTF-8, with the newline that ends it and no other. */
  byte[] render(LogLine line);

  /**
   * The format of this name.
   *
   * @param name {@code text} or {@code json}
   */
  static LogFormat named(String name) {
    return switch (name) {
      case "text" -> new TextFormat();
      case "json" -> new JsonFormat();
      default -> throw new IllegalArgumentException("no format of the mail log: " + name);
    };
  }
}
