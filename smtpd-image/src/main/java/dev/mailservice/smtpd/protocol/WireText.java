package dev.mailservice.smtpd.protocol;

import dev.mailservice.maincf.table.SearchKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Text between sessions and tables. A session's text has one character for each byte, as the client
 * sent it; tables hold characters. What is no UTF-8 stays as it is.
 */
public final class WireText {
  private WireText() {}

  /** A session's text in characters. */
  public static String characters(String wire) {
    return Characters.isAscii(wire) || !Characters.isUtf8(wire)
        ? wire
        : new String(wire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Keys made of a session's text as tables know them. */
  public static List<SearchKey> keys(List<SearchKey> wire) {
    return wire.stream().map(key -> new SearchKey(characters(key.text()), key.partial())).toList();
  }

  /** Characters as a session's text. */
  public static String wire(String characters) {
    return Characters.isAscii(characters)
        ? characters
        : new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
