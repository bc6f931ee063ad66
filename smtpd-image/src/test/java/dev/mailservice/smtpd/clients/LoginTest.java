package dev.mailservice.smtpd.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mailservice.smtpd.TestCertificates;
import dev.mailservice.smtpd.TestServer;
import dev.mailservice.smtpd.reference.RunningDovecot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients as people use them log in at Debian's Dovecot to send mail to anybody. */
@WithMailClients
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTest {
  private static final List<String> DRIVERS = List.of("smtplib", "nodemailer", "netsmtp");
  private static final String USER = "joe";
  private static final String PASSWORD = "secret";
  private static final Letter LETTER = Letter.plain().to("user@elsewhere.test");

  private Path folder;
  private Programs programs;
  private TestCertificates certificates;
  private RunningDovecot dovecot;

  @BeforeAll
  void start(Programs clients, @TempDir Path temporary) throws IOException, InterruptedException {
    assumeTrue(RunningDovecot.isAvailable());
    folder = temporary;
    programs = clients;
    certificates = new TestCertificates(folder).selfSigned("mx.test");
    dovecot = RunningDovecot.start("plain login");
  }

  @AfterAll
  void end() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  private TestServer server(Mailbag bag, String... options) throws Exception {
    var all =
        new ArrayList<>(
            List.of(
                "smtpd_tls_security_level=may",
                "smtpd_tls_chain_files=" + certificates.chain("mx.test"),
                "smtpd_sasl_auth_enable=yes",
                "smtpd_sasl_type=dovecot",
                "smtpd_sasl_path=" + dovecot.path(),
                "smtpd_sasl_authenticated_header=yes",
                "smtpd_tls_auth_only=yes",
                "smtpd_relay_restrictions=permit_sasl_authenticated, reject"));
    all.addAll(Arrays.asList(options));
    return TestServer.start(bag.address(), all.toArray(String[]::new));
  }

  private interface Body {
    void run(String client) throws Exception;
  }

  private static Stream<DynamicTest> each(List<String> clients, Body body) {
    return clients.stream().map(it -> DynamicTest.dynamicTest(it, () -> body.run(it)));
  }

  /** What a client reports, or how it ends. */
  private List<String> send(String driver, TestServer server, boolean startTls, String password)
      throws IOException {
    try {
      return new DriverClient(programs, driver, USER, password)
          .send(folder, server.smtpd().address(), startTls, List.of(LETTER));
    } catch (IllegalStateException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static void awaitLog(TestServer server, String pattern) {
    await().until(() -> server.log().stream().anyMatch(it -> it.matches(pattern)));
  }

  @TestFactory
  Stream<DynamicTest> who_has_logged_in_may_send_to_anybody() {
    return each(
        DRIVERS,
        client -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            assertThat(send(client, server, true, PASSWORD))
                .singleElement()
                .asString()
                .startsWith("message 250");
            assertThat(bag.mails()).hasSize(1);
            assertThat(bag.mails().getFirst().recipients()).isEqualTo(LETTER.to());
            assertThat(new String(bag.mails().getFirst().content()))
                .contains("(Authenticated sender: joe)")
                .contains("with ESMTPSA");
            awaitLog(
                server,
                ".*: client=unknown\\[127\\.0\\.0\\.1], sasl_method=\\w+, sasl_username=joe");
            awaitLog(server, ".* disconnect from .* starttls=1 auth=1 .*");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> a_wrong_password_is_told_of_and_logged() {
    return each(
        DRIVERS,
        client -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            assertThat(send(client, server, true, "wrong"))
                .as("what %s reports", client)
                .noneMatch(it -> it.startsWith("message 250"))
                .anyMatch(it -> it.contains("535"));
            assertThat(bag.mails()).isEmpty();
            awaitLog(
                server,
                ".* warning: unknown\\[127\\.0\\.0\\.1]: SASL (PLAIN|LOGIN) authentication failed:"
                    + " .*sasl_username=joe");
            awaitLog(server, ".* disconnect from .* auth=0/\\d .*");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> nobody_logs_in_before_TLS_where_that_is_forbidden() {
    return each(
        DRIVERS,
        client -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            assertThat(send(client, server, false, PASSWORD))
                .noneMatch(it -> it.startsWith("message 250"));
            assertThat(bag.mails()).isEmpty();
            assertThat(server.log()).noneMatch(it -> it.contains("sasl_username"));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> swaks_logs_in_by_each_mechanism() {
    return each(
        List.of("PLAIN", "LOGIN"),
        mechanism -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag, "smtpd_sasl_path=" + dovecot.socket())) {
            assertThat(swaks(server, mechanism, PASSWORD, "--tls"))
                .anyMatch(it -> it.contains("235 2.7.0 Authentication successful"));
            assertThat(bag.mails()).hasSize(1);
            awaitLog(server, ".*, sasl_method=%s, sasl_username=joe".formatted(mechanism));
            assertThat(swaks(server, mechanism, "wrong", "--tls"))
                .anyMatch(it -> it.contains("535 5.7.8 Error: authentication failed"));
            assertThat(bag.mails()).hasSize(1);
          }
        });
  }

  @Test
  void swaks_finds_no_AUTH_before_TLS() throws Exception {
    try (var bag = new Mailbag();
        TestServer server = server(bag)) {
      assertThat(swaks(server, "PLAIN", PASSWORD))
          .noneMatch(it -> it.contains("-AUTH "))
          .anyMatch(it -> it.contains("Host did not advertise authentication"));
      assertThat(bag.mails()).isEmpty();
    }
  }

  private List<String> swaks(
      TestServer server, String mechanism, String password, String... options) throws IOException {
    var address = server.smtpd().address();
    var arguments =
        new ArrayList<>(
            List.of(
                "--server",
                address.getAddress().getHostAddress() + ":" + address.getPort(),
                "--helo",
                "client.test",
                "--from",
                LETTER.from(),
                "--to",
                String.join(",", LETTER.to()),
                "--auth",
                mechanism,
                "--auth-user",
                USER,
                "--auth-password",
                password,
                "--timeout",
                "30"));
    arguments.addAll(Arrays.asList(options));
    return programs.run(new byte[0], "swaks", arguments).lines();
  }
}
