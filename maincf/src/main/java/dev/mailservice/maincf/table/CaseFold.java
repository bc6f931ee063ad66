package dev.mailservice.maincf.table;

import java.util.Locale;

/** Unicode's full case folding, by which Postfix compares keys: {@code casefold}. */
final class CaseFold {
  private CaseFold() {}

  static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z' || c > 0x7f) {
        return isAscii(text) ? text.toLowerCase(Locale.ROOT) : foldUnicode(text);
      }
    }
    return text;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /**
   * Java has no folding of its own; to upper and then to lower case is the same but for the dotless
   * i, which is no i, the final sigma, which is a sigma, and the capital sharp s, which is ss.
   */
  private static String foldUnicode(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == 'ı') {
                out.append('ı');
              } else if (c == 'ẞ') {
                out.append("ss");
              } else {
                out.append(
                    Character.toString(c)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT)
                        .replace('ς', 'σ'));
              }
            });
    return out.toString();
  }
}
