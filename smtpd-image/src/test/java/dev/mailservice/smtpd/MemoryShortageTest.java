package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients hear while memory is short. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class MemoryShortageTest {
  private static final String NO_SESSION =
      "421 4.3.0 mx.example.test Error: insufficient system resources";
  private static final String NO_MESSAGE = "452 4.3.1 Insufficient system resources";
  private static final double SHORT = 0.7;
  private static final double ENOUGH = 0.1;

  private final TestMemory memory = new TestMemory();
  private final AtomicLong ahead = new AtomicLong();

  private TestServer start(TestNextHop nextHop, String... options) throws Exception {
    var machine =
        new TestServer.Machine(
            TestServer.Machine.OWN.etc(),
            TestServer.Machine.OWN.listen(),
            memory,
            () -> System.nanoTime() + ahead.get());
    return TestServer.start(machine, nextHop, options);
  }

  private void fallShort(TestServer server) {
    memory.use(SHORT);
    awaitLogged(server, "memory is short");
  }

  private void haveEnough(TestServer server) {
    memory.use(ENOUGH);
    ahead.addAndGet(Duration.ofSeconds(3).toNanos());
    awaitLogged(server, "memory is enough again");
  }

  private static void awaitLogged(TestServer server, String text) {
    await().until(() -> server.log().stream().anyMatch(line -> line.contains(text)));
  }

  @Test
  void new_clients_are_told_421_and_new_messages_452_until_there_is_enough_again()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, "stress=")) {
      TestClient before = server.connect();
      before.reply();
      before.say("EHLO client.test");
      TestClient between = server.connect();
      between.reply();
      between.say("EHLO client.test");
      assertThat(between.say("MAIL FROM:<sender@client.test>")).startsWith("250");
      fallShort(server);
      assertThat(server.connect().reply()).containsExactly(NO_SESSION);
      TestClient other = server.connect();
      assertThat(other.reply()).containsExactly(NO_SESSION);
      assertThat(other.reply()).containsExactly("(closed)");
      assertThat(before.say("MAIL FROM:<sender@client.test>")).isEqualTo(NO_MESSAGE);
      assertThat(between.say("RCPT TO:<user@example.test>")).isEqualTo(NO_MESSAGE);
      assertThat(before.say("NOOP")).startsWith("250");
      assertThat(server.metric("smtpd_memory_short")).isEqualTo(1);
      assertThat(server.metric("smtpd_memory_shortages_total")).isEqualTo(1);
      assertThat(server.metric("smtpd_memory_refusals_total")).isEqualTo(4);
      assertThat(server.metric("smtpd_saturations_total")).isEqualTo(1);
      haveEnough(server);
      assertThat(before.say("MAIL FROM:<sender@client.test>")).startsWith("250");
      assertThat(server.connect().lastLine()).startsWith("220");
      assertThat(server.metric("smtpd_memory_short")).isZero();
      assertThat(server.log()).filteredOn(it -> it.contains("memory is")).hasSize(2);
      assertThat(server.log())
          .as("lines about those who were refused at once")
          .filteredOn(it -> it.contains(" connect from "))
          .hasSize(3);
    }
  }

  @Test
  void a_message_that_has_its_recipients_is_finished() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, "stress=")) {
      TestClient client = server.connect();
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      client.say("RCPT TO:<user@example.test>");
      TestClient sending = server.connect().openMessage();
      sending.send("some of it\r\n");
      fallShort(server);
      assertThat(client.say("RCPT TO:<other@example.test>")).isEqualTo(NO_MESSAGE);
      assertThat(client.say("DATA")).startsWith("354");
      assertThat(client.say("hello\r\n.")).startsWith("250");
      assertThat(sending.say("and the rest\r\n.")).startsWith("250");
      assertThat(nextHop.messages()).hasSize(2);
    }
  }

  @Test
  void idle_clients_have_the_patience_of_the_stressed_and_a_server_alone_is_stressed()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer led = start(nextHop, "stress=", "smtpd_timeout=${stress?{1}:{300}}s")) {
      TestClient idle = led.connect();
      idle.reply();
      fallShort(led);
      assertThat(idle.lastLine()).isEqualTo("421 4.4.2 mx.example.test Error: timeout exceeded");
      assertThat(led.metric("smtpd_stress")).isZero();
    }
    memory.use(ENOUGH);
    try (var nextHop = new TestNextHop();
        TestServer alone = start(nextHop)) {
      assertThat(alone.metric("smtpd_stress")).isZero();
      fallShort(alone);
      assertThat(alone.metric("smtpd_stress")).isEqualTo(1);
    }
  }
}
