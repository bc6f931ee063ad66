package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as whoever reads standard output gets it. */
class LogOutputTest {
  private static final String MAIN_CF =
      """
      myhostname = mx.example.test
      mydestination = example.test
      mynetworks = 192.0.2.0/24
      smtpd_peername_lookup = no
      smtpd_proxy_filter = 127.0.0.1:1
      """;

  @TempDir private Path folder;

  private ServerProcess start(String more, String... options) throws IOException {
    Files.writeString(folder.resolve("main.cf"), MAIN_CF + more);
    return ServerProcess.start(folder, options);
  }

  @Test
  void a_reader_that_stalls_stops_no_session_and_learns_how_many_lines_it_has_missed()
      throws Exception {
    String much = "smtpd_hard_error_limit = 100000\nsmtpd_soft_error_limit = 99999\n";
    String address = "<" + "a".repeat(1900) + "@elsewhere.test>";
    try (ServerProcess server = start(much, "--drain-timeout", "1s");
        TestClient client = server.connect()) {
      client.reply();
      client.say("HELO client.test");
      assertThat(client.say("MAIL FROM:" + address)).startsWith("250");
      // Each refusal is a line of some three thousand bytes: more than pipe and memory take.
      for (int i = 0; i < 3000; i++) {
        assertThat(client.say("RCPT TO:" + address)).startsWith("454");
      }
      assertThat(server.metric("smtpd_log_lines_dropped_total")).isPositive();
      try (TestClient another = server.connect()) {
        assertThat(another.lastLine()).startsWith("220 mx.example.test");
        assertThat(another.say("QUIT")).startsWith("221");
      }
      server.readLog();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                client.say("NOOP");
                client.say("RCPT TO:" + address);
                return server.log().stream()
                    .anyMatch(
                        it -> it.matches(".*: warning: \\d+ lines of this log are missing.*"));
              });
      client.close();
      server.terminate();
      assertThat(server.awaitEnd()).isZero();
    }
  }

  @Test
  void a_reader_that_is_gone_ends_nothing() throws Exception {
    try (ServerProcess server = start("", "--drain-timeout", "1s")) {
      server.closeOutput();
      try (TestClient client = server.connect()) {
        client.reply();
        assertThat(client.say("HELO client.test")).startsWith("250");
        await().until(() -> server.metric("smtpd_log_lines_dropped_total") > 0);
        assertThat(client.say("QUIT")).startsWith("221");
      }
      server.terminate();
      assertThat(server.awaitEnd()).isZero();
    }
  }

  @Test
  void by_one_setting_every_line_is_a_JSON_object() throws Exception {
    try (ServerProcess server = start("maillog_format = json\n", "--drain-timeout", "1s")) {
      server.readLog();
      try (TestClient client = server.connect()) {
        client.reply();
        client.say("EHLO client.test");
        client.say("MAIL FROM:<sender@client.test>");
        assertThat(client.say("RCPT TO:<nobody@elsewhere.test>")).startsWith("454");
        client.say("QUIT");
      }
      await().until(() -> server.log().getLast().contains("disconnect from"));
      server.terminate();
      assertThat(server.awaitEnd()).isZero();
      await().until(() -> server.log().getLast().contains("drained"));
      for (String line : server.log()) {
        Map<String, Object> fields = parsed(line);
        assertThat(fields).containsKeys("time", "level", "host", "program", "pid", "message");
        OffsetDateTime.parse(fields.get("time").toString());
      }
      Map<String, Object> reject =
          parsed(
              server.log().stream()
                  .filter(it -> it.contains("\"event\":\"reject\""))
                  .findFirst()
                  .orElseThrow());
      assertThat(reject)
          .containsEntry("level", "info")
          .containsEntry("program", "postfix/smtpd")
          .containsEntry("client_name", "unknown")
          .containsEntry("client_address", "127.0.0.1")
          .containsEntry("command", "RCPT")
          .containsEntry("reply_code", 454L)
          .containsEntry("reply_status", "4.7.1")
          .containsEntry("reply_text", "<nobody@elsewhere.test>: Relay access denied")
          .containsEntry("from", "sender@client.test")
          .containsEntry("to", "nobody@elsewhere.test")
          .containsEntry("proto", "ESMTP")
          .containsEntry("helo", "client.test")
          .containsEntry(
              "message",
              "NOQUEUE: reject: RCPT from unknown[127.0.0.1]: 454 4.7.1 <nobody@elsewhere.test>:"
                  + " Relay access denied; from=<sender@client.test> to=<nobody@elsewhere.test>"
                  + " proto=ESMTP helo=<client.test>");
      assertThat(parsed(server.log().getLast())).containsEntry("event", "drained");
    }
  }

  @Test
  void syslog_name_stands_before_the_programs_name() throws Exception {
    try (ServerProcess server = start("syslog_name = postfix/submission\n")) {
      assertThat(server.log().getLast()).contains(" postfix/submission/smtpd[");
    }
  }

  private static Map<String, Object> parsed(String line) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean number = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
        fields.put(name, number ? parser.getLongValue() : parser.getText());
      }
      assertThat(parser.nextToken()).isNull();
    }
    return fields;
  }
}
