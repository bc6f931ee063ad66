package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  private static final Pattern NUMBER = Pattern.compile("postfix/smtpd\\[(\\d+)]: ");

  @Test
  void sessions_at_the_same_time_are_told_apart_by_the_number_in_brackets() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop)) {
      try (TestClient first = server.connect();
          TestClient second = server.connect()) {
        first.openMessage();
        second.reply();
        second.say("QUIT");
        first.say("hello\r\n.");
        first.say("QUIT");
      }
      await().until(() -> server.usage().active() == 0);
      assertThat(lines(server, numberOf(server, " mail=1 ")))
          .hasSize(4)
          .anyMatch(it -> it.contains("connect from unknown[127.0.0.1]"))
          .anyMatch(it -> it.contains("NOQUEUE: client=unknown[127.0.0.1]"))
          .anyMatch(it -> it.contains("proxy-accept: END-OF-MESSAGE: "));
      assertThat(lines(server, numberOf(server, " quit=1 commands=1"))).hasSize(2);
    }
  }

  @Test
  void what_the_next_hop_is_blamed_for_has_the_session_s_number() throws Exception {
    try (var nextHop = new TestNextHop().answering("RCPT", "450 4.2.1 later");
        TestServer server = TestServer.start(nextHop)) {
      try (TestClient client = server.connect()) {
        client.openMessage();
        client.say("QUIT");
      }
      await().until(() -> server.usage().active() == 0);
      assertThat(lines(server, numberOf(server, "disconnect from")))
          .anyMatch(it -> it.contains("warning: proxy 127.0.0.1:"));
    }
  }

  @Test
  void whom_there_is_no_mailbox_for_is_refused_in_the_log_and_counted(@TempDir Path spool)
      throws Exception {
    try (TestServer server = TestServer.start("", "mail_spool_directory=" + spool + "/")) {
      try (TestClient client = server.connect()) {
        client.reply();
        client.say("HELO client.test");
        client.say("MAIL FROM:<sender@client.test>");
        assertThat(client.say("RCPT TO:<nobody@example.test>")).startsWith("550 5.1.1 ");
        client.say("QUIT");
      }
      await().until(() -> server.usage().active() == 0);
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.contains("NOQUEUE: reject: RCPT from unknown[127.0.0.1]: 550 5.1.1 ")
                      && it.contains(" to=<nobody@example.test> "));
      assertThat(server.metric("smtpd_refusals_total")).isEqualTo(1);
    }
  }

  private static String numberOf(TestServer server, String text) {
    return server.log().stream()
        .filter(it -> it.contains(text))
        .map(NUMBER::matcher)
        .filter(Matcher::find)
        .map(it -> it.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines(TestServer server, String number) {
    return server.log().stream().filter(it -> it.contains("smtpd[" + number + "]: ")).toList();
  }
}
