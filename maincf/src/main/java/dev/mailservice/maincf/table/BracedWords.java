package dev.mailservice.maincf.table;

import java.util.ArrayList;
import java.util.List;

/** Words between commas and white space, in which braces protect both. */
final class BracedWords {
  private static final String SEPARATORS = ", \t\r\n";

  private BracedWords() {}

  /** All words of a text. A brace that nobody closes protects the rest. */
  static List<String> split(String text) {
    var words = new ArrayList<String>();
    int at = 0;
    while (true) {
      while (at < text.length() && isSeparator(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        return words;
      }
      int end = wordEnd(text, at);
      words.add(text.substring(at, end));
      at = end;
    }
  }

  private static int wordEnd(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
      } else if (depth == 0 && isSeparator(c)) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isSeparator(char c) {
    return SEPARATORS.indexOf(c) >= 0;
  }

  /**
   * The text within a pair of braces.
   *
   * @throws IllegalArgumentException if the text is not one pair of braces, with Postfix's wording
   */
  static String content(String text) {
    if (!text.startsWith("{")) {
      throw new IllegalArgumentException("no '{' at start of text in \"%s\"".formatted(text));
    }
    int length = balancedLength(text);
    if (length == 0) {
      throw new IllegalArgumentException("missing '}' in \"%s\"".formatted(text));
    }
    if (length < text.length()) {
      throw new IllegalArgumentException("syntax error after '}' in \"%s\"".formatted(text));
    }
    return text.substring(1, length - 1);
  }

  /** How long the pair of braces is that the text starts with; 0 if it does not. */
  private static int balancedLength(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return 0;
  }
}
