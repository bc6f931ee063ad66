package dev.mailservice.maincf.table;

/** Where a key ends that may have quoted parts: {@code "john doe"@example.com}. */
final class QuotedKey {
  private QuotedKey() {}

  /**
   * The offset after the key.
   *
   * @param endsAtEquals whether {@code =} ends a key, too, and not white space alone
   * @return -1 if a quote is not closed
   */
  static int end(String text, int from, boolean endsAtEquals) {
    boolean quoted = false;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (TableLine.isSpace(c) || endsAtEquals && c == '=')) {
        break;
      }
      at++;
    }
    return quoted ? -1 : Math.min(at, text.length());
  }
}
