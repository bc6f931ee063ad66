package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final String DISMISSED =
      "421 4.3.2 mx.example.test Service not available, closing transmission channel";

  private static Thread drain(TestServer server, Duration timeout) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                server.smtpd().drain(timeout);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Test
  void those_who_wait_are_served_under_the_stressed_personality() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "default_process_limit=1",
                "smtpd_timeout=${stress?1}${stress:300}");
        TestClient hog = server.connect()) {
      hog.reply();
      try (TestClient waiting = server.connect()) {
        await().until(() -> server.metric("smtpd_listen_backlog") == 1);
        Thread draining = drain(server, Duration.ofSeconds(20));
        assertThat(hog.lastLine()).isEqualTo(DISMISSED);
        assertThat(waiting.lastLine()).isEqualTo("220 mx.example.test ESMTP (condition RED)");
        waiting.say("MAIL FROM:<>");
        waiting.say("RCPT TO:<user@example.test>");
        waiting.say("DATA");
        assertThat(waiting.say("hello\r\n.")).startsWith("250");
        assertThat(waiting.say("QUIT")).startsWith("221");
        draining.join();
      }
      assertThat(server.usage().active()).isZero();
    }
  }

  @Test
  void a_message_whose_fate_the_next_hop_has_not_told_gets_its_answer() throws Exception {
    try (var nextHop = new TestNextHop().holdingFinalDot();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage()) {
      client.send("hello\r\n.\r\n");
      await().until(() -> nextHop.commands().contains("DATA"));
      Thread draining = drain(server, Duration.ofSeconds(20));
      await().until(() -> server.metric("smtpd_draining") == 1);
      nextHop.releaseFinalDot();
      assertThat(client.lastLine()).isEqualTo("250 2.0.0 Ok: queued");
      client.close();
      draining.join();
      assertThat(nextHop.messages()).hasSize(1);
    }
  }

  @Test
  void an_answer_that_comes_after_the_drains_end_is_still_told() throws Exception {
    try (var nextHop = new TestNextHop().holdingFinalDot();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage();
        TestClient idle = server.connect()) {
      idle.reply();
      client.send("hello\r\n.\r\n");
      await().until(() -> nextHop.commands().contains("DATA"));
      long begun = System.nanoTime();
      Duration timeout = Duration.ofSeconds(2);
      Thread draining = drain(server, timeout);
      assertThat(idle.lastLine()).isEqualTo(DISMISSED);
      await().until(() -> System.nanoTime() - begun > timeout.plusSeconds(1).toNanos());
      assertThat(draining.isAlive()).isTrue();
      nextHop.releaseFinalDot();
      assertThat(client.lastLine()).isEqualTo("250 2.0.0 Ok: queued");
      draining.join();
      assertThat(server.log()).anyMatch(it -> it.contains("drained: "));
    }
  }

  @Test
  void a_client_that_is_never_idle_but_only_makes_errors_is_hung_up_on() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient busy = server.connect()) {
      busy.reply();
      busy.say("MAIL FROM:<>");
      assertThat(busy.say("RCPT TO:<nobody@elsewhere.test>")).startsWith("554");
      Thread draining = drain(server, Duration.ofSeconds(15));
      await().until(() -> server.metric("smtpd_draining") == 1);
      assertThat(busy.say("RCPT TO:<nobody@elsewhere.test>")).startsWith("554");
      assertThat(busy.lastLine()).isEqualTo("421 4.7.0 mx.example.test Error: too many errors");
      busy.close();
      draining.join();
    }
  }

  @Test
  void a_transaction_under_way_is_not_hurried_for_those_who_wait() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "default_process_limit=2",
                "smtpd_timeout=${stress?10}${stress:300}");
        TestClient sender = server.connect().openMessage();
        TestClient idle = server.connect()) {
      idle.reply();
      try (TestClient waiting = server.connect()) {
        await().until(() -> server.metric("smtpd_listen_backlog") == 1);
        Thread draining = drain(server, Duration.ofSeconds(15));
        assertThat(idle.lastLine()).isEqualTo(DISMISSED);
        assertThat(waiting.lastLine()).startsWith("220");
        waiting.close();
        assertThat(sender.say("hello\r\n.")).startsWith("250");
        sender.close();
        draining.join();
      }
      assertThat(nextHop.messages()).hasSize(1);
    }
  }

  @Test
  void shortly_before_the_end_everybody_who_still_waits_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(nextHop, "stress=", "default_process_limit=1", "smtpd_timeout=300s")) {
      List<TestClient> clients = new ArrayList<>();
      clients.add(server.connect());
      clients.getFirst().reply();
      clients.getFirst().say("NOOP");
      for (int i = 0; i < 20; i++) {
        clients.add(server.connect());
      }
      await().until(() -> server.metric("smtpd_listen_backlog") == 20);
      Thread draining = drain(server, Duration.ofSeconds(3));
      for (TestClient client : clients) {
        String last = client.lastLine();
        assertThat(last.startsWith("220") ? client.lastLine() : last).isEqualTo(DISMISSED);
        client.close();
      }
      draining.join();
    }
  }
}
