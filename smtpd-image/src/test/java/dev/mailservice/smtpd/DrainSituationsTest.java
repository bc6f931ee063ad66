package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.dns.TestDnsServer;
import dev.mailservice.smtpd.policy.TestPolicyServer;
import dev.mailservice.smtpd.policy.TestPolicyServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drain says to a session, whatever the session is waiting for, and that it counts each. */
class DrainSituationsTest {
  private static final String DISMISSED =
      "421 4.3.2 mx.example.test Service not available, closing transmission channel";
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Pattern DRAINED =
      Pattern.compile(
          "drained: (\\d+) sessions and (\\d+) accepted since:"
              + " (\\d+) finished, (\\d+) told 421, (\\d+) cut");

  @TempDir private Path folder;

  private record Count(int found, int accepted, int finished, int dismissed, int cut) {}

  private static Thread drain(TestServer server, Duration timeout) {
    Thread draining =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    server.smtpd().drain(timeout);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    await().until(() -> server.log().stream().anyMatch(it -> it.contains("draining: ")));
    return draining;
  }

  /** What the last line of the log says, which must add up. */
  private static Count count(TestServer server) {
    Matcher line = DRAINED.matcher(server.log().getLast());
    assertThat(line.find()).as(server.log().getLast()).isTrue();
    var count =
        new Count(
            Integer.parseInt(line.group(1)),
            Integer.parseInt(line.group(2)),
            Integer.parseInt(line.group(3)),
            Integer.parseInt(line.group(4)),
            Integer.parseInt(line.group(5)));
    assertThat(count.finished() + count.dismissed() + count.cut())
        .as("each session once: %s", count)
        .isEqualTo(count.found() + count.accepted());
    return count;
  }

  private static TestClient envelope(TestServer server) throws IOException {
    TestClient client = server.connect();
    client.reply();
    client.say("EHLO client.test");
    client.say("MAIL FROM:<sender@client.test>");
    return client;
  }

  @Test
  void an_idle_client_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect()) {
      client.reply();
      drain(server, SHORT).join();
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      assertThat(client.lastLine()).isEqualTo("(closed)");
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @Test
  void a_message_that_comes_to_its_end_in_time_is_delivered_and_its_client_finishes()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage()) {
      Thread draining = drain(server, Duration.ofSeconds(20));
      client.send("slowly\r\n");
      assertThat(client.say(".")).startsWith("250");
      assertThat(client.say("QUIT")).startsWith("221");
      draining.join();
      assertThat(nextHop.messages()).hasSize(1);
      assertThat(nextHop.connected()).as("kept sessions are said goodbye").isZero();
      assertThat(nextHop.commands()).last().isEqualTo("QUIT");
      assertThat(count(server)).isEqualTo(new Count(1, 0, 1, 0, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA, 354", "BDAT 100, ''", "BDAT 4, 250", "BDAT 5 LAST, ''"})
  void half_a_message_goes_nowhere_and_its_client_is_told_421(String command, String answer)
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = envelope(server)) {
      client.say("RCPT TO:<user@example.test>");
      client.send(command + "\r\n");
      if (command.equals("DATA")) {
        assertThat(client.lastLine()).startsWith(answer);
      }
      client.send("half");
      if (command.equals("BDAT 4")) {
        assertThat(client.lastLine()).startsWith(answer);
      }
      drain(server, SHORT).join();
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      assertThat(nextHop.messages()).isEmpty();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT"})
  void who_waits_for_a_next_hop_that_says_nothing_is_told_421(String silentAt) throws Exception {
    try (var nextHop = new TestNextHop().answering(silentAt, "say nothing");
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = envelope(server)) {
      client.send("RCPT TO:<user@example.test>\r\n");
      await().until(() -> nextHop.connections() == 1);
      Thread draining = drain(server, SHORT);
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      draining.join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @Test
  void who_waits_for_a_session_with_the_next_hop_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_proxy_concurrency_limit=1",
                "smtpd_proxy_concurrency_timeout=100s");
        TestClient holding = envelope(server);
        TestClient waiting = envelope(server)) {
      assertThat(holding.say("RCPT TO:<user@example.test>")).startsWith("250");
      waiting.send("RCPT TO:<user@example.test>\r\n");
      await().until(() -> server.metric("smtpd_next_hop_waiting") == 1);
      Thread draining = drain(server, SHORT);
      assertThat(holding.lastLine()).isEqualTo(DISMISSED);
      String last = waiting.lastLine();
      assertThat(last.startsWith("250") ? waiting.lastLine() : last).isEqualTo(DISMISSED);
      draining.join();
      assertThat(count(server)).isEqualTo(new Count(2, 0, 0, 2, 0));
    }
  }

  @Test
  void a_next_hop_that_takes_no_more_of_a_message_keeps_nobody_from_a_421() throws Exception {
    try (var nextHop = new TestNextHop().stallingInContent();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage()) {
      var over = new AtomicBoolean();
      Thread sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (!over.get()) {
                        client.send("x".repeat(70) + "\r\n");
                      }
                      client.send(".\r\n");
                    } catch (IOException e) {
                      // The test says what it should have heard.
                      return;
                    }
                  });
      await().until(() -> server.metric("smtpd_next_hop_sessions") == 1);
      Thread draining = drain(server, SHORT);
      await().until(() -> server.usage().active() == 0);
      over.set(true);
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      sending.join();
      client.close();
      draining.join();
      assertThat(nextHop.messages()).isEmpty();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @Test
  void an_answer_that_does_not_come_is_waited_for_and_then_the_client_is_cut_and_counted()
      throws Exception {
    try (var nextHop = new TestNextHop().holdingFinalDot();
        TestServer server = TestServer.start(nextHop, "stress=");
        TestClient client = server.connect().openMessage()) {
      client.send("hello\r\n.\r\n");
      await().until(() -> server.log().stream().anyMatch(it -> it.contains("NOQUEUE: client=")));
      await().until(() -> nextHop.commands().contains("DATA"));
      drain(server, SHORT).join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 0, 1));
    }
  }

  @Test
  void who_waits_for_a_policy_server_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> Answer.lateAction("DUNNO"));
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_recipient_restrictions=check_policy_service " + policy.address());
        TestClient client = envelope(server)) {
      client.send("RCPT TO:<user@example.test>\r\n");
      await().until(() -> !policy.requests().isEmpty());
      Thread draining = drain(server, SHORT);
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      draining.join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
      policy.release();
    }
  }

  @Test
  void who_waits_for_a_name_is_told_421_instead_of_the_banner() throws Exception {
    try (var nextHop = new TestNextHop();
        TestDnsServer dns = TestDnsServer.start("")) {
      dns.fallSilent();
      var machine = new TestServer.Machine(dns.etc(folder, ""), InetAddress.getLoopbackAddress());
      try (TestServer server =
              TestServer.start(
                  machine,
                  nextHop,
                  "stress=",
                  "smtpd_peername_lookup=yes",
                  "smtpd_dns_timeout=100s");
          TestClient client = server.connect()) {
        await().until(() -> !dns.questions().isEmpty());
        Thread draining = drain(server, SHORT);
        assertThat(client.lastLine()).isEqualTo(DISMISSED);
        draining.join();
        assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
      }
    }
  }

  @Test
  void who_waits_for_the_authentication_service_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        var service = new TestNextHop().following((in, out) -> in.lines().forEach(it -> {}));
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_sasl_auth_enable=yes",
                "smtpd_sasl_type=dovecot",
                "smtpd_sasl_path=inet:" + service.address());
        TestClient client = server.connect()) {
      client.reply();
      client.send("EHLO client.test\r\n");
      await().until(() -> service.connections() == 1);
      Thread draining = drain(server, SHORT);
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      draining.join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void who_is_in_the_middle_of_a_login_is_told_421() throws Exception {
    TestNextHop.Script dovecot =
        (in, out) -> {
          write(out, "VERSION\t1\t1\nMECH\tLOGIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n");
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("AUTH\t")) {
              write(out, "CONT\t1\tVXNlcm5hbWU6\n");
            }
          }
        };
    try (var nextHop = new TestNextHop();
        var service = new TestNextHop().following(dovecot);
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_sasl_auth_enable=yes",
                "smtpd_sasl_type=dovecot",
                "smtpd_sasl_path=inet:" + service.address());
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("AUTH LOGIN")).startsWith("334");
      drain(server, SHORT).join();
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @Test
  void who_is_made_to_wait_for_its_errors_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=yes",
                "smtpd_soft_error_limit=1",
                "smtpd_hard_error_limit=10",
                "smtpd_error_sleep_time=100s");
        TestClient client = server.connect()) {
      client.reply();
      client.send("NONSENSE\r\nNONSENSE\r\n");
      await().until(() -> server.metric("smtpd_connections_total") == 1);
      Thread draining = drain(server, SHORT);
      String last = client.lastLine();
      while (last.startsWith("5")) {
        last = client.lastLine();
      }
      assertThat(last).isEqualTo(DISMISSED);
      draining.join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @Test
  void a_proxy_whose_header_does_not_come_is_told_421() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_upstream_proxy_protocol=haproxy",
                "smtpd_upstream_proxy_hosts=127.0.0.1",
                "smtpd_upstream_proxy_timeout=100s");
        TestClient client = server.connect()) {
      await().until(() -> server.usage().active() == 1);
      drain(server, SHORT).join();
      assertThat(client.lastLine()).isEqualTo(DISMISSED);
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 1, 0));
    }
  }

  @Test
  void a_handshake_that_does_not_end_cannot_be_told_anything_and_is_cut() throws Exception {
    String chain = new TestCertificates(folder).selfSigned("mx").chain("mx");
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.startWithTls(nextHop, chain, "stress=", "smtpd_starttls_timeout=100s");
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("STARTTLS")).startsWith("220");
      drain(server, SHORT).join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 0, 1));
    }
  }

  @Test
  void a_client_that_takes_no_reply_is_cut() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "stress=",
                "smtpd_junk_command_limit=1000000",
                "smtpd_forbid_unauth_pipelining=no");
        var client = new Socket()) {
      client.setReceiveBufferSize(2_000);
      client.connect(server.smtpd().address());
      var written = new AtomicLong();
      Thread asking =
          Thread.ofVirtual()
              .start(
                  () -> {
                    byte[] questions = "EHLO client.test\r\n".getBytes(StandardCharsets.US_ASCII);
                    try {
                      while (true) {
                        client.getOutputStream().write(questions);
                        written.incrementAndGet();
                      }
                    } catch (IOException e) {
                      // Cut, as it should be.
                      return;
                    }
                  });
      await().until(() -> isStuck(written));
      drain(server, SHORT).join();
      assertThat(count(server)).isEqualTo(new Count(1, 0, 0, 0, 1));
      client.close();
      asking.join();
    }
  }

  /** Whether nothing was written for longer than anybody here needs who still reads. */
  private static boolean isStuck(AtomicLong written) throws InterruptedException {
    long before = written.get();
    Thread.sleep(500);
    return before > 0 && written.get() == before;
  }

  @Test
  void more_clients_than_slots_are_all_told_also_those_that_come_in_the_last_second()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(nextHop, "stress=", "default_process_limit=2", "smtpd_timeout=300s")) {
      var clients = new ArrayList<TestClient>();
      for (int i = 0; i < 30; i++) {
        clients.add(server.connect());
      }
      await().until(() -> server.metric("smtpd_listen_backlog") == 28);
      Thread draining = drain(server, Duration.ofSeconds(3));
      List<TestClient> late = connectUntilRefused(server);
      draining.join();
      clients.addAll(late);
      int reset = 0;
      for (TestClient client : clients) {
        reset += wasTold(client) ? 0 : 1;
      }
      assertThat(reset).as("of %d, %d of them late", clients.size(), late.size()).isLessThan(2);
      Count count = count(server);
      assertThat(count.cut()).isZero();
      assertThat(count.found() + count.accepted()).isEqualTo(clients.size() - reset);
    }
  }

  /** One after the other, without a pause, until nobody listens any more. */
  private static List<TestClient> connectUntilRefused(TestServer server) {
    var late = new ArrayList<TestClient>();
    InetSocketAddress address = server.smtpd().address();
    while (true) {
      try {
        late.add(new TestClient(address));
        Thread.sleep(5);
      } catch (IOException | InterruptedException e) {
        return late;
      }
    }
  }

  private static boolean wasTold(TestClient client) throws IOException {
    try (client) {
      String last = client.lastLine();
      return (last.startsWith("220") ? client.lastLine() : last).equals(DISMISSED);
    } catch (SocketException e) {
      return false;
    }
  }
}
