package dev.mailservice.maincf;

/** Takes the braces off a text, as extpar(3) does. */
public final class Braces {
  private Braces() {}

  /**
   * The text within a pair of braces.
   *
   * @throws IllegalArgumentException if the text is not one pair of braces, with Postfix's wording
   */
  public static String content(String text) {
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
