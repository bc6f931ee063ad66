package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with far less memory than those need who come: it refuses them, and does not die. */
class SmallHeapTest {
  private static final int MOST_CLIENTS = 3000;
  private static final int SENDERS = 4;
  private static final int LINES_OF_A_LARGE_MESSAGE = 30_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();

  private ServerProcess start(TestNextHop nextHop) throws IOException {
    Files.writeString(
        folder.resolve("main.cf"),
        """
        myhostname = mx.example.test
        mydestination = example.test
        smtpd_peername_lookup = no
        smtpd_client_connection_count_limit = 0
        smtpd_client_slot_share_limit = 0
        default_process_limit = %d
        smtpd_proxy_filter = %s
        """
            .formatted(MOST_CLIENTS, nextHop.address()));
    var command = new ArrayList<>(ServerProcess.command());
    command.addAll(1, List.of("-Xmx24m", "-XX:+ExitOnOutOfMemoryError"));
    return ServerProcess.start(
            command, folder.toString(), folder.resolve("stderr"), "-o", "stress=")
        .readLog();
  }

  @Test
  void clients_beyond_its_memory_are_refused_and_no_acknowledged_message_is_lost()
      throws Exception {
    try (var nextHop = new TestNextHop();
        ServerProcess server = start(nextHop)) {
      var senders = new ArrayList<Thread>();
      for (int i = 0; i < SENDERS; i++) {
        String name = "sender " + i;
        senders.add(Thread.ofVirtual().start(() -> send(server, name)));
      }
      List<TestClient> idle = fill(server);
      assertThat(idle).as("clients that have their greeting").hasSizeBetween(100, MOST_CLIENTS - 1);
      await().atMost(PATIENCE).until(() -> refused.get() > SENDERS);
      assertThat(server.metric("smtpd_memory_short")).isEqualTo(1);
      for (TestClient client : idle) {
        client.close();
      }
      await().atMost(PATIENCE).until(() -> server.metric("smtpd_memory_short") == 0);
      int before = acknowledged.size();
      await().atMost(PATIENCE).until(() -> acknowledged.size() > before + SENDERS);
      enough.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
      assertThat(nextHop.messages()).extracting(SmallHeapTest::lastLine).containsAll(acknowledged);
      assertThat(server.log())
          .anyMatch(it -> it.contains("is more than the memory carries"))
          .noneMatch(it -> it.contains("OutOfMemoryError"));
      server.terminate();
      assertThat(server.awaitEnd()).isZero();
    }
  }

  /** Connects clients that say no more than EHLO until one is refused. */
  private static List<TestClient> fill(ServerProcess server) throws IOException {
    var idle = new ArrayList<TestClient>();
    while (idle.size() < MOST_CLIENTS) {
      TestClient client = server.connect();
      if (!client.lastLine().startsWith("220")) {
        client.close();
        return idle;
      }
      idle.add(client);
      client.say("EHLO idle.test");
    }
    return idle;
  }

  /** Sends large messages, each in a session of its own, until there are enough. */
  private void send(ServerProcess server, String sender) {
    for (int i = 0; !enough.get(); i++) {
      try (TestClient client = server.connect()) {
        if (!client.lastLine().startsWith("220")) {
          refused.incrementAndGet();
          continue;
        }
        client.say("EHLO client.test");
        client.say("MAIL FROM:<sender@client.test>");
        client.say("RCPT TO:<user@example.test>");
        if (client.say("DATA").startsWith("354")) {
          String name = "%s message %d".formatted(sender, i);
          client.send("a line of a large message\r\n".repeat(LINES_OF_A_LARGE_MESSAGE));
          if (client.say(name + "\r\n.").startsWith("250")) {
            acknowledged.add(name);
          }
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String lastLine(String message) {
    return message.strip().lines().reduce((first, second) -> second).orElseThrow();
  }
}
