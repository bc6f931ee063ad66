package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fewer sessions with the next hop than slots: who holds them all keeps all mail out. */
class NextHopShortageTest {
  private static final int LIMIT = 3;
  private static final String TIMEOUT = "421 4.4.2 mx.example.test Error: timeout exceeded";
  private static final String WARNING =
      "all 3 sessions of smtpd_proxy_concurrency_limit are in use:"
          + " clients may experience noticeable delays";

  private static TestServer start(TestNextHop nextHop, String... options) throws Exception {
    var all = new ArrayList<>(List.of(options));
    all.add("default_process_limit=20");
    all.add("smtpd_timeout=${stress?{1}:{300}}s");
    all.add("smtpd_proxy_concurrency_limit=" + LIMIT);
    all.add("smtpd_proxy_concurrency_timeout=20s");
    return TestServer.start(nextHop, all.toArray(String[]::new));
  }

  /** Takes a session with the next hop, and says no more. */
  private static TestClient hold(TestServer server) throws Exception {
    TestClient client = server.connect();
    client.reply();
    client.say("HELO idle.test");
    client.say("MAIL FROM:<>");
    assertThat(client.say("RCPT TO:<user@example.test>")).startsWith("250");
    return client;
  }

  private static List<TestClient> holdAll(TestServer server) throws Exception {
    var clients = new ArrayList<TestClient>();
    for (int i = 0; i < LIMIT; i++) {
      clients.add(hold(server));
    }
    return clients;
  }

  @Test
  void idle_clients_that_hold_all_sessions_lose_them_to_who_waits_and_other_idle_ones_nothing()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, "stress=");
        TestClient idleWithout = server.connect()) {
      idleWithout.reply();
      List<TestClient> idle = holdAll(server);
      try (TestClient good = server.connect().openMessage()) {
        assertThat(good.say("hello\r\n.")).startsWith("250");
      }
      assertThat(nextHop.messages()).hasSize(1);
      for (TestClient client : idle) {
        assertThat(client.lastLine()).isEqualTo(TIMEOUT);
      }
      assertThat(idleWithout.say("NOOP")).startsWith("250");
    }
  }

  @Test
  void whoever_has_to_wait_is_a_saturation_for_who_leads_the_server() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, "stress=")) {
      holdAll(server);
      assertThat(server.metric("smtpd_saturations_total")).isZero();
      hold(server);
      assertThat(server.metric("smtpd_saturations_total")).isEqualTo(1);
      assertThat(server.metric("smtpd_next_hop_waits_total")).isEqualTo(1);
      assertThat(server.metric("smtpd_next_hop_waiting")).isZero();
      assertThat(server.metric("smtpd_stress")).isZero();
    }
  }

  @Test
  void led_by_nobody_the_server_is_stressed_and_says_so_once() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop)) {
      holdAll(server);
      assertThat(server.metric("smtpd_stress")).isZero();
      hold(server);
      hold(server);
      assertThat(server.metric("smtpd_stress")).isEqualTo(1);
      try (TestClient next = server.connect()) {
        assertThat(next.lastLine()).isEqualTo("220 mx.example.test ESMTP (condition RED)");
      }
      assertThat(server.log()).filteredOn(line -> line.endsWith(WARNING)).hasSize(1);
    }
  }
}
