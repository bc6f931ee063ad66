package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that is killed in the middle of whatever it does has told no client a {@code 250} that
 * is not true, and has left no part of a message to anybody.
 */
class CrashTest {
  private static final int CRASHES = 2;
  private static final int CLIENTS = 4;
  private static final int MOST_MESSAGES = 30;
  private static final int MOST_LINES = 1000;
  private static final List<String> USERS = List.of("a", "b", "c");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern WHOLE = Pattern.compile("(?s).*\nend of (\\S+)\n");

  /** A crash that fails can be had again, more or less: {@code -Dcrash.seed=…}. */
  private static final long SEED = Long.getLong("crash.seed", new Random().nextLong());

  @TempDir private Path folder;

  /**
   * What a client was told 250 to.
   *
   * @param name in the message's last line
   */
  private record Acknowledged(String name, List<String> users) {}

  private List<Acknowledged> crash(int crash, String mainCf) throws Exception {
    Files.writeString(
        folder.resolve("main.cf"),
        """
        myhostname = mx.example.test
        mydestination = example.test
        smtpd_peername_lookup = no
        queue_directory = %s
        """
                .formatted(folder)
            + mainCf);
    var random = new Random(SEED + crash);
    var acknowledged = new CopyOnWriteArrayList<Acknowledged>();
    var clients = new ArrayList<Thread>();
    try (ServerProcess server = ServerProcess.start(folder, "-o", "stress=").readLog()) {
      for (int i = 0; i < CLIENTS; i++) {
        String name = "%d-%d".formatted(crash, i);
        var seed = new Random(random.nextLong());
        clients.add(Thread.ofVirtual().start(() -> send(server, name, seed, acknowledged)));
      }
      int messages = 1 + random.nextInt(MOST_MESSAGES);
      await().atMost(PATIENCE).until(() -> acknowledged.size() >= messages);
      server.kill();
    }
    for (Thread client : clients) {
      client.join();
    }
    return acknowledged;
  }

  /** Sends one message after the other until the server is gone. */
  private static void send(
      ServerProcess server, String client, Random random, List<Acknowledged> acknowledged) {
    try (TestClient connection = server.connect()) {
      connection.reply();
      connection.say("EHLO client.test");
      for (int i = 0; ; i++) {
        int first = random.nextInt(USERS.size());
        List<String> users = USERS.subList(first, first + 1 + random.nextInt(USERS.size() - first));
        connection.say("MAIL FROM:<sender@client.test>");
        for (String user : users) {
          connection.say("RCPT TO:<%s@example.test>".formatted(user));
        }
        connection.say("DATA");
        String name = client + "-" + i;
        connection.send("a line of a message\r\n".repeat(random.nextInt(MOST_LINES)));
        String reply = connection.say("end of %s\r\n.".formatted(name));
        if (!reply.startsWith("250 ")) {
          return;
        }
        acknowledged.add(new Acknowledged(name, users));
      }
    } catch (IOException e) {
      // The server was killed.
      return;
    }
  }

  @Test
  void what_it_acknowledged_is_in_the_maildirs_and_whole() throws Exception {
    Path spool = Files.createDirectory(folder.resolve("spool"));
    var acknowledged = new ArrayList<Acknowledged>();
    for (int crash = 0; crash < CRASHES; crash++) {
      acknowledged.addAll(
          crash(
              crash,
              """
              mail_spool_directory = %s/
              local_recipient_maps = inline:{ a=a b=b c=c }
              """
                  .formatted(spool)));
    }
    for (String user : USERS) {
      Set<String> there = new HashSet<>();
      for (Path file : files(spool.resolve(user).resolve("new"))) {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        assertThat(text).startsWith("Return-Path: <sender@client.test>\n");
        there.add(name(text));
      }
      assertThat(there).as("%s, seed %d", user, SEED).containsAll(to(user, acknowledged));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "speed_adjust"})
  void what_it_acknowledged_the_next_hop_has_acknowledged(String options) throws Exception {
    try (var nextHop = new TestNextHop()) {
      Set<String> told = new HashSet<>();
      for (int crash = 0; crash < CRASHES; crash++) {
        crash(
                crash,
                """
                smtpd_proxy_filter = %s
                smtpd_proxy_options = %s
                """
                    .formatted(nextHop.address(), options))
            .forEach(it -> told.add(it.name()));
      }
      assertThat(nextHop.messages()).extracting(CrashTest::name).containsAll(told);
    }
  }

  private static List<String> to(String user, List<Acknowledged> acknowledged) {
    return acknowledged.stream()
        .filter(it -> it.users().contains(user))
        .map(Acknowledged::name)
        .toList();
  }

  /** What the last line of a message says that it is called. */
  private static String name(String message) {
    Matcher whole = WHOLE.matcher(message);
    assertThat(whole.matches()).as("seed %d: %s", SEED, message).isTrue();
    return whole.group(1);
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
