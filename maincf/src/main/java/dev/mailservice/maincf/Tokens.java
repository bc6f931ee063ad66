package dev.mailservice.maincf;

import java.util.ArrayList;
import java.util.List;

/** Splits a list as Postfix's mystrtok(3) and mystrtokq(3) do. */
public final class Tokens {
  private static final String SEPARATORS = ", \t\r\n";

  private Tokens() {}

  /** Words between commas and white space. */
  public static List<String> split(String text) {
    return split(text, false);
  }

  /** Words between commas and white space, where a word in braces may hold both. */
  public static List<String> splitOutsideBraces(String text) {
    return split(text, true);
  }

  private static List<String> split(String text, boolean braces) {
    var tokens = new ArrayList<String>();
    int start = -1;
    int level = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (level == 0 && SEPARATORS.indexOf(c) >= 0) {
        if (start >= 0) {
          tokens.add(text.substring(start, at));
        }
        start = -1;
        continue;
      }
      if (start < 0) {
        start = at;
      }
      if (braces && c == '{') {
        level++;
      } else if (braces && c == '}' && level > 0) {
        level--;
      }
    }
    if (start >= 0) {
      tokens.add(text.substring(start));
    }
    return List.copyOf(tokens);
  }
}
