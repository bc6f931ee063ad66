package dev.mailservice.smtpd.protocol;

import java.util.Optional;

/** The encodings of ESMTP parameters: xtext, RFC 3461 section 4, and utf-8-addr-xtext, RFC 6533. */
final class Xtext {
  private Xtext() {}

  /** The decoded text; empty if it is not well-formed. */
  static Optional<String> decode(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '+') {
        out.append(c);
        continue;
      }
      int high = i + 1 < text.length() ? hex(text.charAt(i + 1)) : -1;
      int low = i + 2 < text.length() ? hex(text.charAt(i + 2)) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      out.append((char) (high * 16 + low));
      i += 2;
    }
    return Optional.of(out.toString());
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  /** Whether a text is well-formed in the form of RFC 6533, with {@code \x{hex}} in it. */
  static boolean isUnicode(String text) {
    int at = text.indexOf('\\');
    while (at >= 0) {
      int end = text.indexOf('}', at);
      if (!text.startsWith("\\x{", at)
          || end < 0
          || !text.substring(at + 3, end).matches("[0-9A-Fa-f]{1,6}")
          || Integer.parseInt(text.substring(at + 3, end), 16) > Character.MAX_CODE_POINT) {
        return false;
      }
      at = text.indexOf('\\', end);
    }
    return true;
  }
}
