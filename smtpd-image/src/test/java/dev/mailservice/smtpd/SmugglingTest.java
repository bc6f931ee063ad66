package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No other end of a message than CR LF dot CR LF, for this server and for the next hop alike. */
class SmugglingTest {
  private static final Path TABLE =
      Path.of("src/test/resources/dev/mailservice/smtpd/smuggling.txt");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a dot between bare line feeds,            '\\n.\\n',      '\\n'",
    "a dot behind a bare line feed,            '\\n.\\r\\n',   '\\n'",
    "a dot before a bare line feed,            '\\r\\n.\\n',   '\\n'",
    "a dot between bare carriage returns,      '\\r.\\r',      ' . '",
    "a dot behind a bare carriage return,      '\\r.\\r\\n',   ' .\\n'",
    "a bare carriage return before the end,    '\\r\\n.\\r\\r\\n', '\\n \\n'",
    "two dots,                                 '\\r\\n..\\r\\n', '\\n.\\n'",
    "a dot that the client did not stuff,      '\\r\\n.x\\r\\n', '\\nx\\n'",
  })
  void is_no_end_of_the_message(String name, String middle, String arrives) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect().openMessage()) {
      client.send("before" + unescape(middle) + "MAIL FROM:<smuggled@client.test>\r\n.\r\n");
      assertThat(client.lastLine()).isEqualTo("250 2.0.0 Ok: queued");
      assertThat(nextHop.messages())
          .singleElement()
          .asString()
          .endsWith("before" + unescape(arrives) + "MAIL FROM:<smuggled@client.test>\n");
    }
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  /**
   * That Postfix says the same is for SmugglingBesidePostfixTest; {@code -Dsmuggling.write} writes
   * the file anew.
   */
  @Test
  void every_attempt_under_every_setting_comes_to_what_the_table_says() throws Exception {
    var lines = new ArrayList<String>();
    for (String setting : List.of("no", "normalize", "reject", "note")) {
      var seen = new Smuggling.NextHop();
      try (var nextHop = new TestNextHop().following(seen);
          TestServer server = TestServer.start(nextHop, "smtpd_forbid_bare_newline=" + setting)) {
        for (Smuggling attempt : Smuggling.all().toList()) {
          Smuggling.Outcome outcome = attempt.attempt(server.smtpd().address(), seen);
          assertThat(outcome.messages())
              .as("%s, %s: no end of a line but CR LF", setting, attempt)
              .noneMatch(it -> it.matches(".*(\\\\r(?!\\\\n)|(?<!\\\\r)\\\\n).*"));
          lines.add(
              "%s | %s | %s | %s".formatted(setting, attempt, outcome.heard(), outcome.messages()));
        }
      }
    }
    if (Boolean.getBoolean("smuggling.write")) {
      Files.write(TABLE, lines);
    }
    assertThat(lines).containsExactlyElementsOf(Files.readAllLines(TABLE));
  }

  @Test
  void a_line_longer_than_any_buffer_arrives_whole() throws Exception {
    String line = "." + "x".repeat(100_000);
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect().openMessage()) {
      assertThat(client.say("." + line + "\r\n.")).startsWith("250");
      assertThat(nextHop.messages().getFirst()).endsWith("\n" + line + "\n");
    }
  }
}
