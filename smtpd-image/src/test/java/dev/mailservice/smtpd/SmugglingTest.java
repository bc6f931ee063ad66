package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No other end of a message than CR LF dot CR LF, for this server and for the next hop alike. */
class SmugglingTest {
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

  @org.junit.jupiter.api.Test
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
