package dev.mailservice.smtpd.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Characters of command lines. A line is a string of its bytes, one char each, as {@code
 * ISO-8859-1} decodes them.
 */
public final class Characters {
  private static final String NEUTERED = " <>()\\\";@";

  private Characters() {}

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Whether there is nothing beyond ASCII. */
  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  static boolean isPrintableAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127);
  }

  static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Whether the bytes are UTF-8. */
  public static boolean isUtf8(String bytes) {
    if (isAscii(bytes)) {
      return true;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** What is not printable becomes a question mark; UTF-8 is printable. Postfix's printable(3). */
  public static String printable(String bytes) {
    return printable(bytes, '?');
  }

  /** What is not printable becomes another character; UTF-8 is printable. */
  public static String printable(String bytes, char replacement) {
    boolean utf8 = isUtf8(bytes);
    var out = new StringBuilder(bytes.length());
    for (char c : bytes.toCharArray()) {
      out.append((c >= ' ' && c < 127) || (utf8 && c > 127) ? c : replacement);
    }
    return out.toString();
  }

  /** What is not printable ASCII becomes an escape of C's. Postfix's escape(3). */
  public static String escaped(String bytes) {
    var shown = new StringBuilder();
    for (char c : bytes.toCharArray()) {
      switch (c) {
        case 7 -> shown.append("\\a");
        case '\b' -> shown.append("\\b");
        case '\f' -> shown.append("\\f");
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case 11 -> shown.append("\\v");
        case '\\' -> shown.append("\\\\");
        default ->
            shown.append(c >= ' ' && c < 127 ? String.valueOf(c) : "\\%03o".formatted((int) c));
      }
    }
    return shown.toString();
  }

  /** What could mean something in a header or a log line becomes a question mark, too. */
  static String neutered(String bytes) {
    var out = new StringBuilder(printable(bytes));
    for (int i = 0; i < out.length(); i++) {
      if (NEUTERED.indexOf(out.charAt(i)) >= 0) {
        out.setCharAt(i, '?');
      }
    }
    return out.toString();
  }
}
