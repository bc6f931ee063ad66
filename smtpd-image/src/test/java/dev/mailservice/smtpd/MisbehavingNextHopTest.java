package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.Misbehaviour.How;
import dev.mailservice.smtpd.Misbehaviour.Where;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the next hop does, and wherever: the client hears it in Postfix's words, not later than
 * {@code smtpd_proxy_timeout} allows; no message is acknowledged that the next hop has not; and the
 * session goes on to send the next.
 */
class MisbehavingNextHopTest {
  private static final String FAILED = "451 4.3.0 Error: queue file write error";
  private static final String QUEUED = "250 2.0.0 Ok: queued";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Three replies may be waited for, and the machine may be busy. */
  private static final Duration LIMIT = TIMEOUT.multipliedBy(3).plusSeconds(8);

  /** More than the sockets' buffers take, so that who does not read is noticed. */
  private static final String MESSAGE = ("x".repeat(998) + "\r\n").repeat(8_000);

  static Stream<Misbehaviour> all() {
    return Misbehaviour.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void is_told_to_the_client_as_it_speaks(Misbehaviour wrong) throws Exception {
    expect(wrong, wrong.new Connections(), reply(wrong), "smtpd_proxy_options=");
  }

  @ParameterizedTest
  @MethodSource("all")
  void is_told_to_the_client_as_it_speaks_where_commands_may_come_together(Misbehaviour wrong)
      throws Exception {
    expect(wrong, wrong.new Connections("PIPELINING"), reply(wrong), "smtpd_proxy_options=");
  }

  @ParameterizedTest
  @MethodSource("all")
  void is_told_to_the_client_behind_the_final_dot_under_speed_adjust(Misbehaviour wrong)
      throws Exception {
    expect(wrong, wrong.new Connections(), reply(wrong), "smtpd_proxy_options=speed_adjust");
  }

  /** The last one, which under speed_adjust comes later and is the same. */
  private static String reply(Misbehaviour wrong) {
    if (wrong.how() == How.ANSWERS_LATE) {
      return QUEUED;
    }
    return wrong.refuses() && wrong.where().compareTo(Where.MAIL) >= 0 ? wrong.refusal() : FAILED;
  }

  private static void expect(
      Misbehaviour wrong, Misbehaviour.Connections connections, String reply, String option)
      throws Exception {
    try (var nextHop = new TestNextHop().following(connections);
        TestServer server =
            TestServer.start(
                nextHop,
                option,
                "message_size_limit=0",
                "smtpd_proxy_timeout=" + (wrong.how() == How.ANSWERS_LATE ? 60 : 1) + "s");
        TestClient client = server.connect()) {
      if (wrong.how() == How.ANSWERS_LATE) {
        Thread.ofVirtual()
            .start(
                () -> {
                  await().until(connections::hasReached);
                  connections.answer();
                });
      }
      client.reply();
      client.say("EHLO client.test");
      long start = System.nanoTime();
      List<String> heard = send(client, content(wrong));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(heard.getLast()).as("%s, of %s", wrong, heard).isEqualTo(reply);
      assertThat(took).isLessThan(LIMIT);
      connections.answer();
      assertThat(connections.accepted()).hasSize(reply.equals(QUEUED) ? 1 : 0);

      client.say("RSET");
      assertThat(send(client, "next\r\n").getLast()).isEqualTo(QUEUED);
      assertThat(connections.accepted()).hasSize(reply.equals(QUEUED) ? 2 : 1);
      assertThat(connections.accepted().getLast()).endsWith("\nnext\n");
    }
  }

  private static String content(Misbehaviour wrong) {
    boolean stalls = wrong.how() == How.STALLS || wrong.how() == How.STALLS_HALFWAY;
    return wrong.where() == Where.CONTENT && stalls ? MESSAGE : "hello\r\n";
  }

  /** Sends a message as far as it gets; the last reply is the one that says how far. */
  private static List<String> send(TestClient client, String content) throws IOException {
    var heard = new ArrayList<String>();
    for (String command :
        List.of("MAIL FROM:<sender@client.test>", "RCPT TO:<user@example.test>", "DATA")) {
      heard.add(client.say(command));
      if (heard.getLast().charAt(0) > '3') {
        return heard;
      }
    }
    heard.add(client.say(content + "."));
    return heard;
  }
}
