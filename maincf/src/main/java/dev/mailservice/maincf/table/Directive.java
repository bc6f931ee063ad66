package dev.mailservice.maincf.table;

/** {@code IF} and {@code ENDIF} at the start of a rule, in any case. */
final class Directive {
  private Directive() {}

  static boolean starts(String line, String word) {
    return line.regionMatches(true, 0, word, 0, word.length())
        && (line.length() == word.length() || !isAlphanumeric(line.charAt(word.length())));
  }

  static boolean isAlphanumeric(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
