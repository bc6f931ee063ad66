package dev.mailservice.smtpd.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Takes out of a text what could end a line, or make a terminal show another: as in Postfix, what
 * is neither printable nor UTF-8 becomes a question mark.
 *
 * <p>Texts here are bytes, one char each, where they come from clients and files; a char that is no
 * byte stands for itself.
 */
final class Printable {
  private static final char REPLACEMENT = '?';

  private Printable() {}

  static String of(String text) {
    return isPrintableAscii(text) ? text : shown(decoded(text));
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String shown(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isPrintable(c) ? c : REPLACEMENT));
    return out.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          // What turns the direction of text or does not show at all.
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String decoded(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x100) {
                bytes.write(c);
              } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE)
              .replaceWith(String.valueOf(REPLACEMENT))
              .decode(ByteBuffer.wrap(bytes.toByteArray()));
      return decoded.toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("replaced and yet reported", e);
    }
  }
}
