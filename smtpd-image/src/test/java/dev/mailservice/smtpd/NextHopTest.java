package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopTest {
  private static final String FAILED = "451 4.3.0 Error: queue file write error";

  private static int unusedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void a_message_is_acknowledged_with_the_next_hops_own_reply_and_after_it() throws Exception {
    try (var nextHop = new TestNextHop().holdingFinalDot();
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect().openMessage()) {
      client.send("hello\r\n.\r\n");
      await().until(() -> nextHop.commands().contains("DATA"));
      assertThat(nextHop.messages()).isEmpty();
      assertThat(server.metric("smtpd_messages_total")).isZero();
      nextHop.releaseFinalDot();
      assertThat(client.lastLine()).isEqualTo("250 2.0.0 Ok: queued");
      assertThat(nextHop.messages()).singleElement().asString().endsWith("\nhello\n");
      assertThat(server.metric("smtpd_messages_total")).isEqualTo(1);
    }
  }

  @Test
  void the_message_carries_a_Received_header_in_Postfixs_form() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect().openMessage()) {
      assertThat(client.say("hello\r\n.")).startsWith("250");
      assertThat(nextHop.messages().getFirst())
          .matches(
              "(?s)Received: from client.test \\(unknown \\[127.0.0.1\\]\\)\n"
                  + "\tby mx.example.test \\(Postfix\\) with ESMTP\n"
                  + "\tfor <user@example.test>; \\w{3}, \\d+ \\w{3} \\d{4} [0-9:]{8} \\+0000 \\(UTC\\)\n"
                  + "hello\n");
    }
  }

  @Test
  void a_message_that_goes_in_circles_is_refused_and_the_session_goes_on() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "hopcount_limit=3");
        TestClient client = server.connect().openMessage()) {
      assertThat(client.say("Received: one\r\nReceived: two\r\n\r\nhello\r\n."))
          .isEqualTo("554 5.4.0 Error: too many hops");
      assertThat(server.log())
          .anyMatch(it -> it.endsWith("warning: NOQUEUE: message rejected: hopcount exceeded"));
      assertThat(nextHop.messages()).isEmpty();
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<user@example.test>");
      client.say("DATA");
      assertThat(client.say("Received: one\r\n\r\nhello\r\n.")).startsWith("250");
    }
  }

  @Test
  void an_unreachable_next_hop_is_451_for_the_client_and_nothing_is_lost() throws Exception {
    try (TestServer server = TestServer.start("127.0.0.1:" + unusedPort());
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("MAIL FROM:<>")).startsWith("250");
      assertThat(client.say("RCPT TO:<user@example.test>")).isEqualTo(FAILED);
      assertThat(client.say("DATA")).isEqualTo("554 5.5.1 Error: no valid recipients");
      assertThat(server.metric("smtpd_next_hop_failures_total")).isEqualTo(1);
    }
  }

  @Test
  void a_next_hop_that_hangs_up_at_the_final_dot_is_451_for_the_client() throws Exception {
    try (var nextHop = new TestNextHop().answering(".", "hang up");
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect().openMessage()) {
      assertThat(client.say("hello\r\n.")).isEqualTo(FAILED);
    }
  }

  @Test
  void what_the_next_hop_refuses_the_client_is_refused_in_its_words() throws Exception {
    try (var nextHop =
            new TestNextHop()
                .answering("RCPT TO:<nobody", "550 5.1.1 No such user")
                .answering(".", "554 5.7.1 No spam");
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect()) {
      client.reply();
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<nobody@example.test>")).isEqualTo("550 5.1.1 No such user");
      assertThat(client.say("RCPT TO:<user@example.test>")).startsWith("250");
      assertThat(client.say("DATA")).startsWith("354");
      assertThat(client.say("spam\r\n.")).isEqualTo("554 5.7.1 No spam");
      assertThat(nextHop.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DATA", "BDAT"})
  void no_recipient_takes_the_place_of_those_of_a_message_that_was_put_off(String way)
      throws Exception {
    String putsOff =
        "smtpd_end_of_data_restrictions=check_recipient_access inline:{ { first@example.test = 450"
            + " 4.7.1 later } }";
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, putsOff);
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<first@example.test>")).startsWith("250");
      assertThat(sendMessage(client, way)).startsWith("450");
      assertThat(client.say("RCPT TO:<second@example.test>")).isEqualTo(FAILED);
      assertThat(sendMessage(client, way)).isEqualTo(FAILED);
      assertThat(nextHop.messages()).isEmpty();
      client.say("RSET");
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<second@example.test>")).startsWith("250");
      assertThat(sendMessage(client, way)).startsWith("250");
      assertThat(nextHop.messages()).hasSize(1);
    }
  }

  private static String sendMessage(TestClient client, String way) throws IOException {
    if (way.equals("BDAT")) {
      return client.say("BDAT 7 LAST\r\nhello");
    }
    String goOn = client.say("DATA");
    return goOn.startsWith("354") ? client.say("hello\r\n.") : goOn;
  }

  @Test
  void a_report_that_the_next_hop_will_not_send_is_refused_by_it_and_not_forgotten()
      throws Exception {
    try (var nextHop =
            new TestNextHop()
                .answering("RCPT TO:<user@example.test> NOTIFY", "555 5.5.4 Unsupported option");
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      assertThat(client.say("RCPT TO:<user@example.test> NOTIFY=SUCCESS"))
          .isEqualTo("555 5.5.4 Unsupported option");
      assertThat(client.say("RCPT TO:<user@example.test>")).startsWith("250");
    }
  }

  @Test
  void a_sender_that_the_next_hop_refuses_is_refused_at_the_first_recipient() throws Exception {
    try (var nextHop = new TestNextHop().answering("MAIL", "553 5.1.8 Bad sender");
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect()) {
      client.reply();
      client.say("MAIL FROM:<sender@nowhere.test>");
      assertThat(client.say("RCPT TO:<user@example.test>")).isEqualTo("553 5.1.8 Bad sender");
    }
  }

  @Test
  void a_next_hop_that_does_not_greet_or_talks_nonsense_is_451() throws Exception {
    for (String greeting : new String[] {"554 go away", "HTTP/1.1 400 Bad Request", ""}) {
      try (var nextHop = new TestNextHop().answering("CONNECT", greeting);
          TestServer server = TestServer.start(nextHop);
          TestClient client = server.connect()) {
        client.reply();
        client.say("MAIL FROM:<>");
        assertThat(client.say("RCPT TO:<user@example.test>")).isEqualTo(FAILED);
      }
    }
  }

  @Test
  void a_transaction_that_gets_no_next_hop_session_in_time_is_told_451() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_proxy_concurrency_limit=1",
                "smtpd_proxy_concurrency_timeout=1s");
        TestClient holder = server.connect().openMessage();
        TestClient second = server.connect()) {
      second.reply();
      second.say("MAIL FROM:<>");
      assertThat(second.say("RCPT TO:<user@example.test>")).isEqualTo(FAILED);
      assertThat(holder.say("hello\r\n.")).startsWith("250");
      assertThat(second.say("RCPT TO:<user@example.test>")).startsWith("250");
    }
  }

  @Test
  void a_next_hop_that_takes_no_more_of_a_message_is_451_after_its_timeout() throws Exception {
    try (var nextHop = new TestNextHop().stallingInContent();
        TestServer server =
            TestServer.start(nextHop, "smtpd_proxy_timeout=1s", "message_size_limit=0");
        TestClient client = server.connect().openMessage()) {
      client.send(("x".repeat(1000) + "\r\n").repeat(20_000));
      assertThat(client.say(".")).isEqualTo(FAILED);
      assertThat(server.metric("smtpd_next_hop_sessions")).isZero();
    }
  }

  @Test
  void a_transaction_that_is_reset_gives_its_next_hop_session_back() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop);
        TestClient client = server.connect()) {
      client.reply();
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<user@example.test>");
      assertThat(server.metric("smtpd_next_hop_sessions")).isEqualTo(1);
      client.say("RSET");
      assertThat(server.metric("smtpd_next_hop_sessions")).isZero();
    }
  }
}
