package dev.mailservice.maincf;

/**
 * The number at the beginning of a text, as strtol(3) reads it.
 *
 * @param value the number, 0 if there is none
 * @param rest what follows it; the whole text if there is no number
 * @param overflow whether it has more than 64 bits
 */
record DecimalPrefix(long value, String rest, boolean overflow) {
  static DecimalPrefix of(String text) {
    int at = LogicalLine.skipSpace(text, 0);
    boolean signed = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    int digits = signed ? at + 1 : at;
    int end = digits;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == digits) {
      return new DecimalPrefix(0, text, false);
    }
    try {
      return new DecimalPrefix(Long.parseLong(text, at, end, 10), text.substring(end), false);
    } catch (NumberFormatException e) {
      return new DecimalPrefix(0, text.substring(end), true);
    }
  }

  /** Whether the text is a number and nothing else, which fits. */
  boolean isWhole() {
    return rest.isEmpty() && !overflow;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
