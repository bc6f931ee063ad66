package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions within TLS from their handshake to their end. */
class TlsSessionsTest {
  private static final int TWENTY_MEGABYTES = 20_000_000;
  private static final String OLD = "TLSv1.2";
  private static final String NEW = "TLSv1.3";

  @TempDir Path folder;
  private TestCertificates certificates;

  @BeforeEach
  void make() throws IOException, InterruptedException {
    certificates = new TestCertificates(folder).selfSigned("mx.test");
  }

  private TestServer server(TestNextHop nextHop, String... options) throws Exception {
    return TestServer.startWithTls(nextHop, certificates.chain("mx.test"), options);
  }

  private static void awaitLog(TestServer server, Predicate<String> line) {
    await().until(() -> server.log().stream().anyMatch(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD, NEW})
  void a_client_that_comes_back_goes_on_with_its_session(String protocol) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            // Who goes on with a session begins none.
            server(nextHop, "smtpd_client_new_tls_session_rate_limit=1");
        TestTlsClient first = TestTlsClient.startTls(server.smtpd().address(), protocol)) {
      // What it comes back with is sent behind the handshake.
      assertThat(first.say("EHLO client.test")).startsWith("250 ");
      for (int i = 0; i < 3; i++) {
        try (TestTlsClient again = first.again(server.smtpd().address())) {
          assertThat(again.sessionSince()).isEqualTo(first.sessionSince());
          assertThat(again.say("EHLO client.test")).startsWith("250 ");
          assertThat(again.say("MAIL FROM:<sender@client.test>")).startsWith("250 ");
        }
      }
    }
  }

  @Test
  void a_session_ends_with_the_certificate_that_it_began_with() throws Exception {
    Path secret = new Secret(folder.resolve("secret")).put("1", certificates, "mx.test").path();
    try (var nextHop = new TestNextHop();
        TestServer server = ofSecret(nextHop, secret);
        TestTlsClient first = TestTlsClient.startTls(server.smtpd().address())) {
      assertThat(first.say("EHLO client.test")).startsWith("250 ");
      certificates.selfSigned("new.test");
      new Secret(secret).put("2", certificates, "new.test");
      awaitShown(server, "CN=new.test");
      assertThat(first.say("NOOP")).as("whose session has begun before").startsWith("250 ");
      try (TestTlsClient again = first.again(server.smtpd().address())) {
        assertThat(again.server()).isEqualTo("CN=new.test");
      }
    }
  }

  /**
   * A Secret as the kubelet mounts it: its files are links to those in a folder that {@code ..data}
   * is a link to, which is replaced.
   */
  private record Secret(Path path) {
    Secret put(String version, TestCertificates from, String name) throws IOException {
      return put(version, Path.of(from.certificate(name)), Path.of(from.key(name)));
    }

    Secret put(String version, Path certificate, Path key) throws IOException {
      Path files = Files.createDirectories(path.resolve("..2026_" + version));
      Files.copy(certificate, files.resolve("tls.crt"));
      Files.copy(key, files.resolve("tls.key"));
      Path next = Files.createSymbolicLink(path.resolve("..data_tmp"), files.getFileName());
      Files.move(next, path.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      for (String file : List.of("tls.crt", "tls.key")) {
        if (!Files.exists(path.resolve(file))) {
          Files.createSymbolicLink(path.resolve(file), Path.of("..data", file));
        }
      }
      return this;
    }

    /** The kubelet removes what nobody is led to any more. */
    void remove(String version) throws IOException {
      Path files = path.resolve("..2026_" + version);
      Files.delete(files.resolve("tls.crt"));
      Files.delete(files.resolve("tls.key"));
      Files.delete(files);
    }
  }

  private static TestServer ofSecret(TestNextHop nextHop, Path secret) throws Exception {
    return TestServer.start(
        nextHop,
        "smtpd_tls_security_level=may",
        "smtpd_tls_cert_file=" + secret.resolve("tls.crt"),
        "smtpd_tls_key_file=" + secret.resolve("tls.key"));
  }

  private static void awaitShown(TestServer server, String subject) {
    await().untilAsserted(() -> assertThat(shown(server)).isEqualTo(subject));
  }

  private static String shown(TestServer server) throws Exception {
    try (TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
      return client.server();
    }
  }

  @Test
  void a_renewed_Secret_is_used_and_a_broken_one_is_not() throws Exception {
    certificates.selfSigned("second.test").selfSigned("third.test");
    var secret = new Secret(folder.resolve("secret")).put("1", certificates, "mx.test");
    try (var nextHop = new TestNextHop();
        TestServer server = ofSecret(nextHop, secret.path())) {
      assertThat(shown(server)).isEqualTo("CN=mx.test");
      secret.put("2", certificates, "second.test").remove("1");
      awaitShown(server, "CN=second.test");

      secret
          .put(
              "3",
              Path.of(certificates.certificate("third.test")),
              Path.of(certificates.key("mx.test")))
          .remove("2");
      await()
          .untilAsserted(
              () -> {
                // It is a client's coming that has the server look.
                assertThat(shown(server)).isEqualTo("CN=second.test");
                assertThat(server.log())
                    .filteredOn(it -> it.contains("cannot use"))
                    .singleElement()
                    .asString()
                    .endsWith(
                        "warning: -o: smtpd_tls_cert_file: cannot use \"%s\": the private key does not"
                                .formatted(secret.path().resolve("tls.crt"))
                            + " belong to the certificate; the version before is kept");
              });

      secret.put("4", certificates, "third.test").remove("3");
      awaitShown(server, "CN=third.test");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD, NEW})
  void a_large_message_arrives_whole(String protocol) throws Exception {
    String content = lines(TWENTY_MEGABYTES);
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "message_size_limit=30000000");
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address(), protocol)) {
      openMessage(client);
      client.send(content);
      assertThat(client.say(".")).startsWith("250 ");
      assertThat(client.say("QUIT")).startsWith("221 ");
      String arrived = nextHop.messages().getFirst();
      int header = arrived.indexOf("\nX-Begin: here\n") + 1;
      assertThat(arrived.substring(header).equals(content.replace("\r\n", "\n")))
          .as("what arrived is what was sent")
          .isTrue();
    }
  }

  /** Lines of all lengths, none of which begins with a dot. */
  private static String lines(int size) {
    var random = new Random(20);
    var text = new StringBuilder("X-Begin: here\r\n\r\n");
    while (text.length() < size) {
      int length = random.nextInt(998);
      for (int i = 0; i < length; i++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append("\r\n");
    }
    return text.toString();
  }

  private static void openMessage(TestTlsClient client) throws IOException {
    assertThat(client.say("EHLO client.test")).startsWith("250 ");
    assertThat(client.say("MAIL FROM:<sender@client.test>")).startsWith("250 ");
    assertThat(client.say("RCPT TO:<user@example.test>")).startsWith("250 ");
    assertThat(client.say("DATA")).startsWith("354 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD, NEW})
  void after_QUIT_the_server_says_that_no_more_will_come(String protocol) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop);
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address(), protocol)) {
      assertThat(client.say("QUIT")).startsWith("221 ");
      // An end without close_notify would be an exception.
      assertThat(client.reply()).isEqualTo("(closed)");
    }
  }

  @Test
  void a_client_that_has_said_all_still_hears_its_answers() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop);
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address(), NEW)) {
      openMessage(client);
      client.send("hello\r\n.\r\nQUIT\r\n");
      client.farewell();
      assertThat(client.reply()).startsWith("250 ");
      assertThat(client.reply()).startsWith("221 ");
      assertThat(nextHop.messages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_message_that_is_cut_off_is_none(boolean withFarewell) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop);
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
      openMessage(client);
      client.send("hello\r\n");
      if (withFarewell) {
        client.farewell();
      } else {
        client.cut();
      }
      awaitLog(
          server,
          it ->
              it.matches(
                  ".* lost connection after DATA \\(\\d+ bytes\\) from unknown\\[127\\.0\\.0\\.1]"));
      await().until(() -> server.usage().active() == 0);
      assertThat(nextHop.messages()).isEmpty();
    }
  }

  @Test
  void a_drain_dismisses_within_TLS_and_in_the_middle_of_a_handshake() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            server(
                nextHop,
                "stress=",
                "smtpd_timeout=${stress?1}${stress:300}",
                "smtpd_starttls_timeout=${stress?1}${stress:300}s");
        TestTlsClient idle = TestTlsClient.startTls(server.smtpd().address());
        TestClient half = server.connect()) {
      half.reply();
      half.say("EHLO client.test");
      assertThat(half.say("STARTTLS")).startsWith("220 ");
      Thread draining =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      server.smtpd().drain(Duration.ofSeconds(20));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(idle.reply())
          .isEqualTo(
              "421 4.3.2 mx.example.test Service not available, closing transmission channel");
      assertThat(idle.reply()).isEqualTo("(closed)");
      draining.join();
      assertThat(server.usage().active()).isZero();
    }
  }

  @Test
  void what_is_no_TLS_behind_STARTTLS_ends_the_session_and_leaves_nothing() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop);
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("STARTTLS")).startsWith("220 ");
      client.send("MAIL FROM:<plain@client.test>\r\nRCPT TO:<user@example.test>\r\n");
      awaitLog(server, it -> it.contains("SSL_accept error from unknown[127.0.0.1]"));
      await().until(() -> server.usage().active() == 0);
      assertThat(nextHop.connections()).isZero();
    }
  }

  @Test
  void a_list_that_leaves_no_cipher_keeps_the_server_from_starting() throws Exception {
    String none = "tls_medium_cipherlist=AES128-SHA:DES-CBC3-SHA";
    try (var nextHop = new TestNextHop()) {
      assertThatThrownBy(() -> server(nextHop, none, "smtpd_tls_protocols=TLSv1.2"))
          .hasMessageContaining("tls_medium_cipherlist")
          .hasMessageContaining("no cipher is left for TLSv1.2");
      assertThatThrownBy(() -> server(nextHop, "tls_medium_cipherlist=ECDHE-RSA-AES256-GCM-SHA348"))
          .hasMessageContaining("tls_medium_cipherlist")
          .hasMessageContaining("ECDHE-RSA-AES256-GCM-SHA348");
    }
  }

  @Test
  void a_list_that_leaves_no_cipher_for_a_version_is_warned_of() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "tls_medium_cipherlist=AES128-SHA:DES-CBC3-SHA");
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
      assertThat(client.protocol()).isEqualTo(NEW);
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.endsWith("warning: -o: tls_medium_cipherlist: no cipher is left for TLSv1.2"));
    }
  }

  @Test
  void without_groups_of_ones_own_there_are_those_of_the_JDK() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "tls_eecdh_auto_curves=", "tls_ffdhe_auto_groups=");
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
      assertThat(client.say("EHLO client.test")).startsWith("250 ");
    }
  }
}
