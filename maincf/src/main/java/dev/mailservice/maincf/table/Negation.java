package dev.mailservice.maincf.table;

/**
 * The exclamation marks, white space between them, before a pattern: each one turns its sense.
 *
 * @param positive whether a match is what the rule wants
 * @param end where the pattern starts
 */
record Negation(boolean positive, int end) {
  static Negation skip(String line, int from) {
    boolean positive = true;
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '!') {
        positive = !positive;
      } else if (!TableLine.isSpace(c)) {
        break;
      }
      at++;
    }
    return new Negation(positive, at);
  }
}
