package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir Path folder;
  private TestCertificates certificates;

  @BeforeEach
  void make() throws IOException, InterruptedException {
    certificates = new TestCertificates(folder).selfSigned("mx.test");
  }

  private TestServer server(TestNextHop nextHop, String... options) throws Exception {
    return TestServer.startWithTls(nextHop, certificates.chain("mx.test"), options);
  }

  @Test
  void a_message_goes_through_TLS() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_tls_received_header=yes");
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
      assertThat(client.server()).isEqualTo("CN=mx.test");
      assertThat(client.say("EHLO client.test")).startsWith("250 ");
      assertThat(client.say("STARTTLS")).isEqualTo("554 5.5.1 Error: TLS already active");
      client.say("MAIL FROM:<sender@client.test>");
      client.say("RCPT TO:<user@example.test>");
      client.say("DATA");
      assertThat(client.say("hello\r\n.")).startsWith("250 ");
      assertThat(nextHop.messages().getFirst())
          .contains("\t(using TLSv1.3 with cipher TLS_AES_")
          .contains("\t(No client certificate requested)\n")
          .contains("with ESMTPS\n");
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.contains(
                      "Anonymous TLS connection established from unknown[127.0.0.1]: TLSv1.3 with"
                          + " cipher TLS_AES_"));
    }
  }

  @Test
  void what_was_said_in_plain_text_behind_STARTTLS_is_forgotten() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_forbid_unauth_pipelining=no");
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      client.send("STARTTLS\r\nMAIL FROM:<smuggled@client.test>\r\n");
      assertThat(client.lastLine()).isEqualTo("220 2.0.0 Ready to start TLS");
      client.close();
      await().until(() -> server.usage().active() == 0);
      assertThat(server.log()).noneMatch(it -> it.contains(" mail=1"));
    }
  }

  @Test
  void where_TLS_is_demanded_nothing_else_goes_before() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_tls_security_level=encrypt");
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("MAIL FROM:<sender@client.test>"))
          .isEqualTo("530 5.7.0 Must issue a STARTTLS command first");
    }
  }

  @Test
  void TLS_may_begin_with_the_first_byte() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_tls_wrappermode=yes");
        TestTlsClient client = TestTlsClient.wrapper(server.smtpd().address())) {
      assertThat(client.reply()).isEqualTo("220 mx.example.test ESMTP");
    }
  }

  @Test
  void a_protocol_below_the_floor_is_refused() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_tls_protocols=>=TLSv1.3")) {
      assertThatThrownBy(() -> TestTlsClient.startTls(server.smtpd().address(), "TLSv1.2").close())
          .isInstanceOf(IOException.class);
      await()
          .until(
              () ->
                  server.log().stream()
                      .anyMatch(it -> it.contains("SSL_accept error from unknown[127.0.0.1]: ")));
      await().until(() -> server.usage().active() == 0);
    }
  }

  @Test
  void an_idle_client_is_told_421_within_TLS() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_timeout=1s");
        TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
      assertThat(client.reply()).isEqualTo("421 4.4.2 mx.example.test Error: timeout exceeded");
    }
  }

  @Test
  void a_client_that_does_not_shake_hands_loses_its_slot() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_starttls_timeout=1s");
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("STARTTLS")).startsWith("220 ");
      await().until(() -> server.usage().active() == 0);
    }
  }

  @Test
  void a_renewed_certificate_is_shown_to_new_sessions() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop)) {
      certificates.selfSigned("new.test");
      swap(certificates.chain("new.test"), certificates.chain("mx.test"));
      await()
          .untilAsserted(
              () -> {
                try (TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
                  assertThat(client.server()).isEqualTo("CN=new.test");
                }
              });
    }
  }

  @Test
  void a_broken_new_certificate_keeps_the_old_one_and_says_so() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop)) {
      Path chain = Path.of(certificates.chain("mx.test"));
      Files.writeString(folder.resolve("broken"), "nothing of use");
      swap(folder.resolve("broken").toString(), chain.toString());
      await()
          .untilAsserted(
              () -> {
                try (TestTlsClient client = TestTlsClient.startTls(server.smtpd().address())) {
                  assertThat(client.server()).isEqualTo("CN=mx.test");
                }
                assertThat(server.log())
                    .anyMatch(it -> it.contains("the version before is kept"))
                    .anyMatch(it -> it.contains("cannot use \"" + chain + "\": want: a private"));
              });
    }
  }

  private static void swap(String from, String to) throws IOException {
    Files.move(Path.of(from), Path.of(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void a_key_of_another_certificate_keeps_the_server_from_starting() throws Exception {
    certificates.selfSigned("other.test");
    try (var nextHop = new TestNextHop()) {
      assertThatThrownBy(
              () ->
                  TestServer.start(
                      nextHop,
                      "smtpd_tls_security_level=may",
                      "smtpd_tls_cert_file=" + certificates.certificate("mx.test"),
                      "smtpd_tls_key_file=" + certificates.key("other.test")))
          .hasMessageContaining("smtpd_tls_cert_file")
          .hasMessageContaining("the private key does not belong to the certificate");
    }
  }

  @Test
  void a_client_that_begins_TLS_too_often_is_told_so() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "smtpd_client_new_tls_session_rate_limit=1")) {
      try (TestTlsClient first = TestTlsClient.startTls(server.smtpd().address())) {
        assertThat(first.say("EHLO client.test")).startsWith("250 ");
      }
      try (TestTlsClient second = TestTlsClient.startTls(server.smtpd().address())) {
        assertThat(second.say("NOOP"))
            .isEqualTo(
                "421 4.7.0 mx.example.test Error: too many new TLS sessions from"
                    + " unknown[127.0.0.1]");
      }
      try (TestClient third = server.connect()) {
        third.reply();
        third.say("EHLO client.test");
        assertThat(third.say("STARTTLS"))
            .isEqualTo("454 4.7.0 Error: too many new TLS sessions from unknown[127.0.0.1]");
        assertThat(third.say("NOOP")).startsWith("250 ");
      }
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.endsWith(
                      "warning: New TLS session rate limit exceeded: 2 from unknown[127.0.0.1]"
                          + " for service smtp"))
          .anyMatch(
              it ->
                  it.endsWith(
                      "warning: Refusing STARTTLS request from unknown[127.0.0.1] for service"
                          + " smtp"));
    }
  }

  @Test
  void a_client_that_begins_TLS_too_often_in_wrapper_mode_is_left_without_a_word()
      throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            server(
                nextHop,
                "smtpd_tls_wrappermode=yes",
                "smtpd_client_new_tls_session_rate_limit=1")) {
      // What the server says shows that it has seen the handshake's end, and counted it.
      for (String code : List.of("220", "421")) {
        try (var client = TestTlsClient.wrapper(server.smtpd().address())) {
          assertThat(client.reply()).startsWith(code);
        }
      }
      assertThatThrownBy(() -> TestTlsClient.wrapper(server.smtpd().address()))
          .isInstanceOf(IOException.class);
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.endsWith(
                      "warning: Refusing TLS service request from unknown[127.0.0.1] for service"
                          + " smtp"));
    }
  }
}
