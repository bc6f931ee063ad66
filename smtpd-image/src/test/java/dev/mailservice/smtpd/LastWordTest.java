package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client hears why it is hung up on, also one that goes on sending: nowhere may a reset come in
 * the place of a reply.
 */
class LastWordTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String DISMISSED =
      "421 4.3.2 mx.example.test Service not available, closing transmission channel";

  @TempDir private static Path folder;
  private static String chain;

  @BeforeAll
  static void makeCertificate() throws Exception {
    chain = new TestCertificates(folder).selfSigned("mx").chain("mx");
  }

  /**
   * Why the server hangs up.
   *
   * @param others how many clients are there already
   * @param says what the client says until then
   */
  private record Case(String name, String option, int others, String says, String lastWord) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "idle",
              "smtpd_timeout=1s",
              0,
              "",
              "421 4.4.2 mx.example.test Error: timeout exceeded"),
          new Case(
              "errors",
              "smtpd_hard_error_limit=1",
              0,
              "NONSENSE\r\n",
              "421 4.7.0 mx.example.test Error: too many errors"),
          new Case(
              "connections",
              "smtpd_client_connection_count_limit=1",
              1,
              "",
              "421 4.7.0 mx.example.test Error: too many connections from 127.0.0.1"));

  static Stream<Arguments> cases() {
    return CASES.stream()
        .flatMap(it -> Stream.of("", "TLSv1.2", "TLSv1.3").map(tls -> Arguments.of(it, tls)));
  }

  private static TestServer start(TestNextHop nextHop, String tls, String... options)
      throws Exception {
    var all = new ArrayList<>(List.of(options));
    all.add("smtpd_forbid_unauth_pipelining=no");
    if (!tls.isEmpty()) {
      all.add("smtpd_tls_wrappermode=yes");
    }
    return TestServer.startWithTls(nextHop, chain, all.toArray(String[]::new));
  }

  private static Socket connect(TestServer server, String tls) throws Exception {
    var plain =
        new Socket(server.smtpd().address().getAddress(), server.smtpd().address().getPort());
    plain.setSoTimeout(PATIENCE_MILLIS);
    return tls.isEmpty() ? plain : TestTlsClient.over(plain, tls);
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reaches_a_client_that_sends_on_before_it_listens(Case it, String tls) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, tls, it.option());
        Socket other = it.others() > 0 ? connect(server, tls) : new Socket()) {
      if (it.others() > 0) {
        assertThat(reader(other).readLine()).startsWith("220");
      }
      try (Socket client = connect(server, tls)) {
        say(client, it.says());
        await().until(() -> server.log().stream().anyMatch(line -> line.contains("disconnect")));
        await().until(() -> server.usage().active() == it.others());
        for (int i = 0; i < 200; i++) {
          say(client, "NOOP\r\n");
        }
        assertThat(reader(client).lines().toList()).endsWith(it.lastWord());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TLSv1.2", "TLSv1.3"})
  void reaches_a_client_in_the_middle_of_a_message_when_the_server_ends(String tls)
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, tls);
        Socket client = connect(server, tls)) {
      BufferedReader in = reader(client);
      in.readLine();
      for (String line : new String[] {"HELO a.test", "MAIL FROM:<>", "RCPT TO:<u@example.test>"}) {
        say(client, line + "\r\n");
        assertThat(in.readLine()).startsWith("250");
      }
      say(client, "DATA\r\n");
      assertThat(in.readLine()).startsWith("354");
      Thread draining = Thread.ofPlatform().start(() -> drain(server));
      String line = "x".repeat(70) + "\r\n";
      while (server.usage().active() > 0) {
        say(client, line);
      }
      for (int i = 0; i < 1000; i++) {
        say(client, line);
      }
      say(client, ".\r\n");
      assertThat(in.lines().toList()).containsExactly(DISMISSED);
      draining.join();
      assertThat(nextHop.messages()).isEmpty();
    }
  }

  private static void drain(TestServer server) {
    try {
      server.smtpd().drain(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void keeps_no_slot_from_others_while_it_waits_to_be_heard() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            start(nextHop, "", "default_process_limit=1", "smtpd_timeout=${stress?{1}:{1}}s");
        Socket silent = connect(server, "");
        Socket next = connect(server, "")) {
      assertThat(reader(next).readLine()).startsWith("220");
      assertThat(reader(silent).lines().toList())
          .endsWith("421 4.4.2 mx.example.test Error: timeout exceeded");
    }
  }

  @Test
  void a_client_that_never_stops_sending_is_cut_off_in_the_end() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = start(nextHop, "", "smtpd_timeout=1s");
        Socket client = connect(server, "")) {
      await().until(() -> server.log().stream().anyMatch(line -> line.contains("disconnect")));
      assertThatThrownBy(
              () -> {
                while (true) {
                  say(client, "NOOP\r\n");
                  Thread.sleep(10);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
