package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.LookupTable;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A table on a server that is asked {@code get key} and answers {@code 200 value}, {@code 500 why}
 * or {@code 400 why}, a line each. Follows Postfix's tcp_table(5).
 */
final class TcpTable implements LookupTable {
  private static final int LONGEST_ANSWER = 4096;

  private final String reference;
  private final LookupServer server;

  /**
   * @param reference the table as the configuration names it
   */
  TcpTable(String reference, LookupServer server) {
    this.reference = reference;
    this.server = server;
  }

  @Override
  public Optional<String> lookup(String key) {
    byte[] question = ("get " + encode(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      return answer(ask(question));
    } catch (IOException e) {
      throw new LookupFailure("table %s lookup error: %s".formatted(reference, e.getMessage()), e);
    }
  }

  private String ask(byte[] question) throws IOException {
    try (var unused = SessionTime.waitFor(WaitingFor.TABLE)) {
      return server.ask(question, TcpTable::line);
    }
  }

  private static String line(LookupServer.Input input) throws IOException {
    var line = new StringBuilder();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      line.append((char) c);
      if (line.length() > LONGEST_ANSWER) {
        throw new IOException("text longer than " + LONGEST_ANSWER);
      }
    }
    return line.toString();
  }

  private Optional<String> answer(String line) {
    if (!line.matches("(?s)[0-9]{3}\\s.*")) {
      throw malformed(line);
    }
    return switch (line.charAt(0)) {
      case '2' -> Optional.of(decode(line.substring(4), line));
      case '5' -> Optional.empty();
      case '4' -> throw new LookupFailure("%s: %s".formatted(reference, printable(line)));
      default -> throw malformed(line);
    };
  }

  private LookupFailure malformed(String line) {
    return new LookupFailure("%s: malformed reply: %s".formatted(reference, printable(line)));
  }

  private static String printable(String line) {
    return line.substring(0, Math.min(100, line.length())).replaceAll("[^ -~]", "_");
  }

  private static String encode(String key) {
    var out = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '%') {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b & 0xff));
      }
    }
    return out.toString();
  }

  private String decode(String text, String line) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low < 0) {
        throw malformed(line);
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Keys keys() {
    return Keys.PATTERN;
  }
}
