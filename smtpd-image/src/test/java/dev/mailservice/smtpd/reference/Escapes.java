package dev.mailservice.smtpd.reference;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a dialogue writes bytes that a text file cannot show. */
final class Escapes {
  private static final Pattern REPEATED = Pattern.compile("\\\\\\*(\\d+)\\{([^}]*)}");

  private Escapes() {}

  /**
   * What goes over the wire: UTF-8, with {@code \r \n \t \0 \s \\ \xHH}, and {@code \*N{TEXT}} for
   * the text N times.
   *
   * @throws IllegalArgumentException if a backslash begins none of these
   */
  static byte[] bytes(String written) {
    Matcher repeated = REPEATED.matcher(written);
    String text = repeated.replaceAll(it -> Matcher.quoteReplacement(repeat(it)));
    var out = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      int escape = text.indexOf('\\', at);
      int end = escape < 0 ? text.length() : escape;
      out.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
      at = escape < 0 ? end : escape + escaped(text, escape, out);
    }
    return out.toByteArray();
  }

  private static String repeat(MatchResult match) {
    return match.group(2).repeat(Integer.parseInt(match.group(1)));
  }

  /** Writes the byte that an escape stands for; how many characters the escape has. */
  private static int escaped(String text, int at, ByteArrayOutputStream out) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    switch (kind) {
      case 'r' -> out.write('\r');
      case 'n' -> out.write('\n');
      case 't' -> out.write('\t');
      case '0' -> out.write(0);
      case 's' -> out.write(' ');
      case '\\' -> out.write('\\');
      case 'x' -> {
        out.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
        return 4;
      }
      default ->
          throw new IllegalArgumentException(
              text
                  + ": \\"
                  + kind
                  + " is no escape, want: \\r \\n \\t \\0 \\s \\\\ \\xHH \\*N{TEXT}");
    }
    return 2;
  }

  /** A line that was heard, as a dialogue shows it. */
  static String shown(byte[] heard) {
    var shown = new StringBuilder();
    for (char c : decoded(heard).toCharArray()) {
      boolean plain = c >= ' ' && c != 0x7f;
      shown.append(plain ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
    String text = shown.toString();
    return text.endsWith(" ") ? text.substring(0, text.length() - 1) + "\\s" : text;
  }

  private static String decoded(byte[] heard) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(heard)).toString();
    } catch (CharacterCodingException e) {
      var escaped = new StringBuilder();
      for (byte b : heard) {
        escaped.append(b < 0 ? "\\x%02x".formatted(b & 0xff) : String.valueOf((char) b));
      }
      return escaped.toString();
    }
  }
}
