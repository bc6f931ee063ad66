package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.LookupTable;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A table on a server that speaks Sendmail's socketmap protocol, netstrings both ways. Follows
 * Postfix's socketmap_table(5).
 */
final class SocketmapTable implements LookupTable {
  private static final int LONGEST_ANSWER = 100_000;

  private final String reference;
  private final String map;
  private final LookupServer server;

  /**
   * @param reference the table as the configuration names it
   * @param map its name on the server
   */
  SocketmapTable(String reference, String map, LookupServer server) {
    this.reference = reference;
    this.map = map;
    this.server = server;
  }

  @Override
  public Optional<String> lookup(String key) {
    byte[] payload = (map + " " + key).getBytes(StandardCharsets.UTF_8);
    byte[] length = (payload.length + ":").getBytes(StandardCharsets.US_ASCII);
    var question = new byte[length.length + payload.length + 1];
    System.arraycopy(length, 0, question, 0, length.length);
    System.arraycopy(payload, 0, question, length.length, payload.length);
    question[question.length - 1] = ',';
    try {
      return answer(ask(question));
    } catch (IOException e) {
      throw new LookupFailure("table %s lookup error: %s".formatted(reference, e.getMessage()), e);
    }
  }

  private String ask(byte[] question) throws IOException {
    try (var unused = SessionTime.waitFor(WaitingFor.TABLE)) {
      return server.ask(question, SocketmapTable::netstring);
    }
  }

  private static String netstring(LookupServer.Input input) throws IOException {
    int length = 0;
    int digits = 0;
    for (int c = input.read(); c != ':'; c = input.read()) {
      if (c < '0' || c > '9') {
        throw new IOException("netstring format error");
      }
      length = 10 * length + c - '0';
      digits++;
      if (length > LONGEST_ANSWER || digits > 6) {
        throw new IOException("netstring too large");
      }
    }
    byte[] payload = input.read(length);
    if (digits == 0 || input.read() != ',') {
      throw new IOException("netstring format error");
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  private Optional<String> answer(String answer) {
    int space = answer.indexOf(' ');
    String status = space < 0 ? answer : answer.substring(0, space);
    String text = space < 0 ? "" : answer.substring(space + 1);
    return switch (status) {
      case "OK" -> space < 0 ? Optional.empty() : Optional.of(text);
      case "NOTFOUND" -> Optional.empty();
      case "TEMP" -> throw failure("temporary", text);
      case "TIMEOUT" -> throw failure("timeout", text);
      case "PERM" -> throw failure("permanent", text);
      default -> throw failure("unknown", text);
    };
  }

  private LookupFailure failure(String kind, String text) {
    String printable = text.strip().replaceAll("\\p{Cntrl}", "?");
    return new LookupFailure(
        "%s socketmap server %s error%s"
            .formatted(
                reference,
                kind,
                printable.isEmpty()
                    ? ""
                    : ": " + printable.substring(0, Math.min(200, printable.length()))));
  }

  @Override
  public Keys keys() {
    return Keys.PATTERN;
  }
}
