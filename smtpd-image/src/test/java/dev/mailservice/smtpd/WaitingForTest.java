package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.dns.TestDnsServer;
import dev.mailservice.smtpd.policy.TestPolicyServer;
import dev.mailservice.smtpd.policy.TestPolicyServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics tell whom sessions wait for. */
class WaitingForTest {
  @TempDir private Path folder;

  private static double value(TestServer server, String metric, String label, String value)
      throws IOException, InterruptedException {
    return server
        .get("/metrics")
        .lines()
        .filter(
            it -> it.startsWith(metric + "{") && it.contains("%s=\"%s\"".formatted(label, value)))
        .mapToDouble(it -> Double.parseDouble(it.substring(it.indexOf('}') + 2).split(" ")[0]))
        .sum();
  }

  /** Waits until one session waits for this, and more than anything else in the end. */
  private static void awaitWaitFor(TestServer server, String what) {
    await().until(() -> value(server, "smtpd_sessions_waiting", "waiting_for", what) == 1);
    double before = seconds(server, what);
    await().until(() -> seconds(server, what) > before + 0.1);
  }

  private static double seconds(TestServer server, String what) {
    try {
      return value(server, "smtpd_session_seconds_total", "waiting_for", what);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestClient envelope(TestServer server) throws IOException {
    TestClient client = server.connect();
    client.reply();
    client.say("EHLO client.test");
    client.say("MAIL FROM:<sender@client.test>");
    return client;
  }

  @Test
  void a_slow_client_makes_the_wait_for_clients_grow_and_none_other() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage()) {
      client.send("half\r\n");
      double nextHopBefore = seconds(server, "next_hop");
      awaitWaitFor(server, "client");
      assertThat(seconds(server, "next_hop")).isEqualTo(nextHopBefore);
    }
  }

  @Test
  void a_slow_next_hop_makes_the_wait_for_it_grow_and_its_replies_are_late() throws Exception {
    try (var nextHop = new TestNextHop().holdingFinalDot();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage()) {
      client.send("hello\r\n.\r\n");
      awaitWaitFor(server, "next_hop");
      double clientBefore = seconds(server, "client");
      assertThat(value(server, "smtpd_next_hop_reply_seconds_count", "to", "message")).isZero();
      nextHop.releaseFinalDot();
      assertThat(client.lastLine()).startsWith("250");
      assertThat(value(server, "smtpd_next_hop_reply_seconds_count", "to", "message")).isEqualTo(1);
      assertThat(value(server, "smtpd_next_hop_reply_seconds_sum", "to", "message"))
          .isGreaterThan(0.1);
      assertThat(value(server, "smtpd_next_hop_reply_seconds_count", "to", "connect")).isEqualTo(1);
      assertThat(value(server, "smtpd_next_hop_reply_seconds_count", "to", "command"))
          .as("MAIL, RCPT and DATA")
          .isEqualTo(3);
      assertThat(clientBefore).isLessThanOrEqualTo(seconds(server, "client"));
    }
  }

  @Test
  void who_waits_for_a_session_with_the_next_hop_waits_for_the_next_hop() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(nextHop, "stress=", "smtpd_proxy_concurrency_limit=1");
        TestClient holding = envelope(server);
        TestClient waiting = envelope(server)) {
      holding.say("RCPT TO:<user@example.test>");
      waiting.send("RCPT TO:<user@example.test>\r\n");
      awaitWaitFor(server, "next_hop");
    }
  }

  @Test
  void a_policy_server_and_a_name_server_are_told_from_the_client() throws Exception {
    try (var nextHop = new TestNextHop();
        TestDnsServer dns = TestDnsServer.start("");
        var policy = TestPolicyServer.start(it -> Answer.lateAction("DUNNO"))) {
      dns.fallSilent();
      var machine = new TestServer.Machine(dns.etc(folder, ""), InetAddress.getLoopbackAddress());
      try (TestServer server =
              TestServer.start(
                  machine,
                  nextHop,
                  "stress=",
                  "smtpd_peername_lookup=yes",
                  "smtpd_dns_timeout=2s",
                  "smtpd_recipient_restrictions=check_policy_service " + policy.address());
          TestClient client = server.connect()) {
        awaitWaitFor(server, "dns");
        client.reply();
        client.say("EHLO client.test");
        client.say("MAIL FROM:<>");
        client.send("RCPT TO:<user@example.test>\r\n");
        awaitWaitFor(server, "policy");
        policy.release();
      }
    }
  }
}
