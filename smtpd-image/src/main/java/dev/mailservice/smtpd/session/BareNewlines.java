package dev.mailservice.smtpd.session;

/**
 * What to do about lines that end in a line feed alone, {@code smtpd_forbid_bare_newline}. A
 * message that ends for this server and not for the one it came through, or the other way round,
 * smuggles another one in.
 */
enum BareNewlines {
  /** {@code no}, or a client of {@code smtpd_forbid_bare_newline_exclusions}: they end lines. */
  ALLOW,
  /** {@code normalize}: they end lines, and no message ends by one. */
  NORMALIZE,
  /** {@code reject}: nor is a message taken, or a command, that has one. */
  REJECT;

  static BareNewlines of(String value) {
    return switch (value) {
      case "no" -> ALLOW;
      case "reject" -> REJECT;
      default -> NORMALIZE;
    };
  }

  boolean areDetected() {
    return this != ALLOW;
  }
}
