package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
          .anyMatch(it -> it.endsWith("ehlo=1 mail=1 rcpt=1 data=0/1 commands=3/4"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void a_client_that_takes_no_replies_or_a_byte_now_and_then_loses_its_slot(String deadline)
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "smtpd_timeout=1s",
                "smtpd_per_request_deadline=" + deadline,
                "smtpd_junk_command_limit=1000000",
                "smtpd_forbid_unauth_pipelining=no");
        Socket client = new Socket()) {
      client.setReceiveBufferSize(2_000);
      client.connect(server.smtpd().address());
      Thread asking = Thread.ofVirtual().start(() -> askForEver(client));
      Thread taking = Thread.ofVirtual().start(() -> takeNowAndThen(client));
      await().until(() -> server.metric("smtpd_connections_total") == 1);
      await().until(() -> server.usage().active() == 0);
      asking.join();
      taking.interrupt();
    }
  }

  private static void askForEver(Socket client) {
    byte[] questions = "EHLO client.test\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    try {
      while (true) {
        client.getOutputStream().write(questions);
      }
    } catch (IOException e) {
      // Hung up on, as it should be.
      return;
    }
  }

  private static void takeNowAndThen(Socket client) {
    try {
      while (client.getInputStream().read() >= 0) {
        Thread.sleep(200);
      }
    } catch (IOException | InterruptedException e) {
      // Hung up on, as it should be.
      return;
    }
  }

  @Test
  void a_client_that_drips_into_a_message_or_a_chunk_is_cut_and_delivers_nothing()
      throws Exception {
    for (String begin : new String[] {"DATA", "BDAT 100000 LAST"}) {
      try (var nextHop = new TestNextHop();
          TestServer server =
              TestServer.start(
                  nextHop,
                  "smtpd_timeout=1s",
                  "smtpd_per_request_deadline=yes",
                  "smtpd_min_data_rate=500");
          TestClient client = server.connect()) {
        client.reply();
        client.say("EHLO client.test");
        client.say("MAIL FROM:<sender@client.test>");
        client.say("RCPT TO:<user@example.test>");
        client.send(begin + "\r\n");
        if (begin.equals("DATA")) {
          client.reply();
        }
        Thread dripping = Thread.ofVirtual().start(() -> drip(client));
        assertThat(client.lastLine()).isEqualTo(TIMEOUT);
        dripping.interrupt();
        assertThat(nextHop.messages()).isEmpty();
      }
    }
  }

  @Test
  void stress_shortens_the_patience_of_a_session_that_began_in_calm() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, "default_process_limit=2", "smtpd_timeout=${stress?{1}:{300}}s");
        TestClient held = server.connect()) {
      held.reply();
      assertThat(held.say("NOOP")).startsWith("250");
      try (TestClient last = server.connect()) {
        last.reply();
        assertThat(held.lastLine()).isEqualTo(TIMEOUT);
        assertThat(last.lastLine()).isEqualTo(TIMEOUT);
      }
    }
  }

  @Test
  void a_calm_server_still_waits_when_a_stressed_one_has_hung_up() throws Exception {
    String timeout = "smtpd_timeout=${stress?{1}:{300}}s";
    try (var nextHop = new TestNextHop();
        TestServer calm = TestServer.start(nextHop, timeout, "stress=");
        TestServer stressed = TestServer.start(nextHop, timeout, "stress=yes");
        TestClient patient = calm.connect();
        TestClient hurried = stressed.connect()) {
      patient.reply();
      hurried.reply();
      assertThat(hurried.lastLine()).isEqualTo(TIMEOUT);
      assertThat(patient.say("NOOP")).startsWith("250");
    }
  }
}
