package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessLimitTest {
  @Test
  void a_client_beyond_the_limit_waits_without_a_banner_until_a_slot_is_free() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "default_process_limit=1", "stress=");
        TestClient first = server.connect();
        TestClient second = server.connect()) {
      assertThat(first.lastLine()).startsWith("220");
      await().until(() -> server.metric("smtpd_listen_backlog") == 1);
      assertThat(server.usage().active()).isEqualTo(1);
      first.say("QUIT");
      assertThat(second.lastLine()).startsWith("220");
    }
  }

  @Test
  void taking_the_last_slot_is_a_saturation_and_being_refused_one_is_none() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "default_process_limit=2", "stress=")) {
      try (TestClient first = server.connect()) {
        first.reply();
        assertThat(server.metric("smtpd_saturations_total")).isZero();
        try (TestClient second = server.connect();
            TestClient third = server.connect()) {
          second.reply();
          await().until(() -> server.metric("smtpd_listen_backlog") == 1);
          assertThat(server.metric("smtpd_saturations_total")).isEqualTo(1);
          assertThat(server.metric("smtpd_saturated_seconds_total")).isPositive();
          assertThat(third).isNotNull();
        }
      }
      await().until(() -> server.usage().active() == 0);
    }
  }

  @Test
  void led_by_nobody_the_server_stresses_itself_when_the_last_slot_is_taken() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, "default_process_limit=1", "smtpd_timeout=${stress?1}${stress:300}")) {
      try (TestClient held = server.connect();
          TestClient waiting = server.connect()) {
        held.reply();
        assertThat(held.reply())
            .containsExactly("421 4.4.2 mx.example.test Error: timeout exceeded");
        assertThat(waiting.lastLine()).isEqualTo("220 mx.example.test ESMTP (condition RED)");
        assertThat(server.metric("smtpd_stress")).isEqualTo(1);
        assertThat(server.log())
            .filteredOn(line -> line.matches(".* postfix/master\\[\\d+]: warning: service .*"))
            .hasSize(1);
      }
    }
  }

  @Test
  void led_calm_the_server_stays_calm_when_the_last_slot_is_taken() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "default_process_limit=1", "stress=");
        TestClient client = server.connect()) {
      assertThat(client.reply()).isEqualTo(List.of("220 mx.example.test ESMTP"));
      assertThat(server.metric("smtpd_saturations_total")).isEqualTo(1);
      assertThat(server.metric("smtpd_stress")).isZero();
    }
  }

  @Test
  void a_full_server_is_alive_and_ready() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "default_process_limit=1", "stress=");
        TestClient client = server.connect()) {
      client.reply();
      assertThat(server.get("/readyz")).isEqualTo("ok\n");
      assertThat(server.get("/livez")).isEqualTo("ok\n");
      assertThat(server.get("/")).isEqualTo("not found\n");
    }
  }
}
