package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message may cost, whatever its size, and what a session may cost others. */
class HotPathTest {
  private static final int HEAP_MEGABYTES = 32;
  private static final int MESSAGE_MEGABYTES = 200;

  /** Whole lines. */
  private static final String MEGABYTE = ("x".repeat(62) + "\r\n").repeat(1024 * 1024 / 64);

  private static final int CLIENTS = 8;
  private static final int MESSAGES = 30;

  @TempDir private Path folder;

  private ServerProcess server(TestNextHop nextHop, String proxyOptions, String... options)
      throws IOException {
    Files.writeString(
        folder.resolve("main.cf"),
        """
        myhostname = mx.example.test
        mydestination = example.test
        smtpd_peername_lookup = no
        message_size_limit = 0
        smtpd_proxy_filter = %s
        smtpd_proxy_options = %s
        queue_directory = %s
        """
            .formatted(nextHop.address(), proxyOptions, folder));
    var command = new ArrayList<>(ServerProcess.command());
    command.addAll(1, List.of(options));
    return ServerProcess.start(command, folder.toString(), folder.resolve("stderr")).readLog();
  }

  /** A next hop that counts a message's bytes and keeps none. */
  private static void count(AtomicLong bytes, BufferedReader in, OutputStream out)
      throws IOException {
    TestNextHop.say(out, "220 next hop");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("DATA")) {
        TestNextHop.say(out, "354 go on");
        for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
          bytes.addAndGet(line.length() + 2);
        }
      }
      TestNextHop.say(out, "250 2.0.0 Ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "speed_adjust"})
  void a_message_far_larger_than_the_heap_goes_through(String proxyOptions) throws Exception {
    var bytes = new AtomicLong();
    try (var nextHop = new TestNextHop().following((in, out) -> count(bytes, in, out));
        ServerProcess server = server(nextHop, proxyOptions, "-Xmx%dm".formatted(HEAP_MEGABYTES))) {
      try (TestClient client = server.connect().openMessage()) {
        for (int i = 0; i < MESSAGE_MEGABYTES; i++) {
          client.send(MEGABYTE);
        }
        assertThat(client.say(".")).startsWith("250 ");
      }
      assertThat(bytes.get()).isGreaterThan(MESSAGE_MEGABYTES * 1024L * 1024);
    }
  }

  @Test
  void no_session_keeps_a_thread_of_the_system_while_it_waits() throws Exception {
    Path recording = folder.resolve("pinned.jfr");
    Instant warm;
    try (var nextHop = new TestNextHop().offering("PIPELINING", "XFORWARD NAME ADDR");
        ServerProcess server =
            server(
                nextHop,
                "",
                "-XX:StartFlightRecording:settings=none,jdk.VirtualThreadPinned#enabled=true,"
                    + "jdk.VirtualThreadPinned#threshold=0ms,filename="
                    + recording)) {
      // Classes are loaded with a thread of the system, once.
      send(server);
      warm = Instant.now();
      var clients = new ArrayList<Thread>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> send(server)));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(nextHop.messages()).hasSize((CLIENTS + 1) * MESSAGES);
      server.terminate();
      server.awaitEnd();
    }
    assertThat(RecordingFile.readAllEvents(recording).stream())
        .filteredOn(it -> it.getStartTime().isAfter(warm))
        .extracting(RecordedEvent::toString)
        .isEmpty();
  }

  /** Some messages over one session. */
  private static void send(ServerProcess server) {
    try (TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      for (int i = 0; i < MESSAGES; i++) {
        client.say("MAIL FROM:<sender@client.test>");
        client.say("RCPT TO:<user@example.test>");
        client.say("DATA");
        assertThat(client.say("Subject: hello\r\n\r\nhello\r\n.")).startsWith("250 ");
      }
      assertThat(client.say("QUIT")).startsWith("221 ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
