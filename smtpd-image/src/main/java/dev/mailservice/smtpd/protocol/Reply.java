package dev.mailservice.smtpd.protocol;

import java.util.List;

/**
 * What the server says: a code and lines of text. The enhanced code of RFC 3463, where there is
 * one, leads the text, as in Postfix.
 *
 * @param code three digits, RFC 5321 section 4.2
 * @param lines at least one, without the code and without line ends
 */
public record Reply(int code, List<String> lines) {
  /** Copies the lines. */
  public Reply {
    lines = List.copyOf(lines);
    if (code < 200 || code > 599 || lines.isEmpty()) {
      throw new IllegalArgumentException("no SMTP reply: " + code + " " + lines);
    }
  }

  /** A reply of one line, as Postfix writes it: {@code "250 2.1.0 Ok"}. */
  public static Reply of(String text) {
    return new Reply(Integer.parseInt(text.substring(0, 3)), List.of(text.substring(4)));
  }

  /** Whether the server gave what was asked for, or asks for more. */
  public boolean isPositive() {
    return code < 400;
  }

  /** Whether the connection ends with this reply, RFC 5321 section 3.8. */
  public boolean closes() {
    return code == 221 || code == 421 || code == 521;
  }

  /**
   * The lines as they go over the wire, each with its CRLF. What repeats a client's words can end
   * no line of its own.
   */
  public String toWire() {
    var wire = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      wire.append(code).append(i == lines.size() - 1 ? ' ' : '-').append(line(i)).append("\r\n");
    }
    return wire.toString();
  }

  private String line(int index) {
    return lines.get(index).replace('\r', '?').replace('\n', '?');
  }

  /** The last line with its code, as logs show it. */
  @Override
  public String toString() {
    return code + " " + lines.getLast();
  }
}
