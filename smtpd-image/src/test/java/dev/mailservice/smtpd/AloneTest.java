package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.TestServer.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Without a {@code stress} option a server is its own master, as Postfix's master(8) is smtpd's.
 */
class AloneTest {
  private static final int SLOTS = 4;
  private static final String CALM = "220 mx.example.test ESMTP";
  private static final String STRESSED = "220 mx.example.test ESMTP (condition RED)";
  private static final String TIMEOUT = "421 4.4.2 mx.example.test Error: timeout exceeded";
  private static final String WARNING = " has reached its process limit ";

  private static final String MAIN_CF =
      """
      myhostname = mx.example.test
      mydestination = example.test
      mynetworks = 192.0.2.0/24
      smtpd_banner = $myhostname ESMTP${stress? (condition RED)}
      smtpd_peername_lookup = no
      smtpd_timeout = ${stress?2}${stress:300}
      """;

  @TempDir private Path folder;

  @Test
  void a_process_whose_slots_idle_clients_have_taken_hurries_them_and_takes_good_mail()
      throws Exception {
    try (var nextHop = new TestNextHop();
        ServerProcess server = start(nextHop)) {
      server.readLog();
      var idle = new ArrayList<TestClient>();
      try {
        for (int i = 0; i < SLOTS; i++) {
          idle.add(server.connect());
          assertThat(idle.getLast().lastLine())
              .as("the last slot's client is the first to be greeted under stress")
              .isEqualTo(i < SLOTS - 1 ? CALM : STRESSED);
        }
        assertThat(server.metric("smtpd_stress")).isEqualTo(1);
        assertThat(server.metric("smtpd_saturations_total")).isEqualTo(1);
        try (TestClient good = server.connect()) {
          assertThat(good.lastLine()).isEqualTo(STRESSED);
          sendMail(good);
        }
        assertThat(nextHop.messages()).hasSize(1);
        for (TestClient client : idle) {
          assertThat(client.reply()).containsExactly(TIMEOUT);
        }
      } finally {
        close(idle);
      }
      await().until(() -> server.metric("smtpd_sessions_active") == 0);
      assertThat(server.metric("smtpd_timeouts_total")).isEqualTo(SLOTS);
    }
  }

  private ServerProcess start(TestNextHop nextHop) throws Exception {
    Files.writeString(
        folder.resolve("main.cf"),
        MAIN_CF
            + "default_process_limit = %d\nsmtpd_proxy_filter = %s\n"
                .formatted(SLOTS, nextHop.address()));
    return ServerProcess.start(folder);
  }

  private static void sendMail(TestClient client) throws Exception {
    client.say("EHLO client.test");
    client.say("MAIL FROM:<sender@client.test>");
    client.say("RCPT TO:<user@example.test>");
    client.say("DATA");
    assertThat(client.say("Subject: good\r\n\r\nmail\r\n.")).startsWith("250 ");
    client.say("QUIT");
  }

  private static void close(List<TestClient> clients) throws Exception {
    for (TestClient client : clients) {
      client.close();
    }
  }

  @Test
  void that_its_limit_is_reached_is_said_once_however_often_it_is() throws Exception {
    try (var nextHop = new TestNextHop();
        ServerProcess server = start(nextHop)) {
      server.readLog();
      for (int flood = 1; flood <= 3; flood++) {
        var clients = new ArrayList<TestClient>();
        for (int i = 0; i < SLOTS; i++) {
          clients.add(server.connect());
          clients.getLast().reply();
        }
        assertThat(server.metric("smtpd_saturations_total")).isEqualTo(flood);
        close(clients);
        await().until(() -> server.metric("smtpd_sessions_active") == 0);
      }
      await().until(() -> count(server.log(), "disconnect from") == 3 * SLOTS);
      assertThat(server.log())
          .filteredOn(it -> it.contains(" postfix/master["))
          .satisfiesExactly(
              reached ->
                  assertThat(reached)
                      .endsWith(
                          ("warning: service \"smtp\" (%d) has reached its process limit \"%d\": new"
                                  + " clients may experience noticeable delays")
                              .formatted(server.address().getPort(), SLOTS)),
              avoid ->
                  assertThat(avoid)
                      .endsWith(
                          "warning: to avoid this condition, increase the process count in"
                              + " master.cf or reduce the service time per client"),
              see ->
                  assertThat(see)
                      .endsWith(
                          "warning: see http://www.postfix.org/STRESS_README.html for examples of"
                              + " stress-adapting configuration settings"));
    }
  }

  @Test
  void after_1000_seconds_of_free_slots_it_is_calm_and_patient_again() throws Exception {
    var ahead = new AtomicLong();
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                Machine.withClock(() -> System.nanoTime() + ahead.get()),
                nextHop,
                "default_process_limit=2",
                "smtpd_timeout=${stress?{5}:{300}}s");
        TestClient first = server.connect()) {
      first.reply();
      saturate(server);
      pass(ahead, 990);
      assertThat(first.lastLine()).isEqualTo(TIMEOUT);
      // Otherwise the next client might take the last slot once more.
      await().until(() -> server.usage().active() == 0);
      try (TestClient client = server.connect()) {
        assertThat(client.lastLine()).isEqualTo(STRESSED);
        client.say("QUIT");
      }
      pass(ahead, 10);
      assertThat(server.metric("smtpd_stress")).isZero();
      try (TestClient client = server.connect()) {
        assertThat(client.lastLine()).isEqualTo(CALM);
        pass(ahead, 200);
        assertThat(client.say("NOOP")).startsWith("250");
        assertThat(count(server.log(), WARNING)).isEqualTo(1);
        saturate(server);
        assertThat(server.metric("smtpd_stress")).isEqualTo(1);
      }
      await().until(() -> count(server.log(), WARNING) == 2);
    }
  }

  /** One client takes the last slot and leaves. */
  private static void saturate(TestServer server) throws Exception {
    try (TestClient last = server.connect()) {
      assertThat(last.lastLine()).isEqualTo(STRESSED);
      assertThat(last.say("QUIT")).startsWith("221");
    }
    await().until(() -> server.usage().active() == 1);
  }

  private static void pass(AtomicLong ahead, int seconds) {
    ahead.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static long count(List<String> log, String text) {
    return log.stream().filter(it -> it.contains(text)).count();
  }
}
