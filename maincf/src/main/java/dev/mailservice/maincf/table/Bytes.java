package dev.mailservice.maincf.table;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text as Postfix's expressions see it: one character for each byte of its UTF-8. */
final class Bytes {
  private Bytes() {}

  static String of(String text) {
    return isAscii(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The text again; empty if it is no UTF-8, because an expression cut a character in pieces. */
  static Optional<String> text(String bytes) {
    if (isAscii(bytes)) {
      return Optional.of(bytes);
    }
    String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return Optional.of(text).filter(it -> of(it).equals(bytes));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c <= 0x7f);
  }
}
