package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final String TIMEOUT = "421 4.4.2 mx.example.test Error: timeout exceeded";

  @Test
  void an_idle_client_is_told_421_after_the_timeout() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "smtpd_timeout=1s");
        TestClient client = server.connect()) {
      client.reply();
      assertThat(client.lastLine()).isEqualTo(TIMEOUT);
      assertThat(client.lastLine()).isEqualTo("(closed)");
      await().until(() -> server.usage().active() == 0);
      assertThat(server.log())
          .anyMatch(it -> it.endsWith("timeout after CONNECT from unknown[127.0.0.1]"));
    }
  }

  @Test
  void a_client_that_sends_a_byte_now_and_then_is_cut_by_the_deadline_of_its_request()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(nextHop, "smtpd_timeout=1s", "smtpd_per_request_deadline=yes");
        TestClient client = server.connect()) {
      client.reply();
      Thread dripping = Thread.ofVirtual().start(() -> drip(client));
      assertThat(client.lastLine()).isEqualTo(TIMEOUT);
      dripping.interrupt();
    }
  }

  private static void drip(TestClient client) {
    try {
      while (true) {
        client.send("N");
        Thread.sleep(100);
      }
    } catch (Exception e) {
      // Hung up on, as it should be.
      return;
    }
  }

  @Test
  void a_message_that_stops_in_the_middle_reaches_nobody() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "smtpd_timeout=1s");
        TestClient client = server.connect().openMessage()) {
      client.send("Subject: half\r\n");
      assertThat(client.lastLine()).isEqualTo(TIMEOUT);
      await().until(() -> server.metric("smtpd_next_hop_sessions") == 0);
      assertThat(nextHop.messages()).isEmpty();
    }
  }

  @Test
  void a_client_that_leaves_without_a_word_gives_its_slot_back() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop)) {
      server.connect().openMessage().close();
      await().until(() -> server.usage().active() == 0);
      assertThat(nextHop.messages()).isEmpty();
      assertThat(server.log())
          .anyMatch(
              it -> it.contains("lost connection after DATA (0 bytes) from unknown[127.0.0.1]"))
          .anyMatch(it -> it.endsWith("ehlo=1 mail=1 rcpt=1 commands=3"));
    }
  }
}
