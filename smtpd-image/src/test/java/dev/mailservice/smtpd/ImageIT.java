package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.mailservice.smtpd.dns.TestDnsServer;
import dev.mailservice.smtpd.reference.RunningDovecot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server as it is in the image, with the image's own Java, modules and C library: what it does
 * with TLS, logins, DNS and its log must not want a module that was left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {
  private static final Path IMAGE = Path.of("target/jib-image.tar");
  private static final String ZONES =
      """
      $ORIGIN test.
      @          SOA  ns.test. hostmaster.test. 1 3600 900 604800 300
      client     A    127.0.0.1
      $ORIGIN 127.in-addr.arpa.
      @          SOA  ns.test. hostmaster.test. 1 3600 900 604800 300
      1.0.0      PTR  client.test.
      """;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private UnpackedImage image;
  private TestNextHop nextHop;
  private ServerProcess server;
  private Path loaded;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Root.assumed(
        "NOT RUN, so nothing is known about it: the image's file system, which wants root");
    assumeTrue(RunningDovecot.isAvailable());
    image = UnpackedImage.of(IMAGE, folder);
    nextHop = opened(new TestNextHop());
    TestDnsServer dns = opened(TestDnsServer.start(ZONES));
    RunningDovecot dovecot = opened(RunningDovecot.start("plain login"));
    var certificates =
        new TestCertificates(folder)
            .selfSigned("ec.test")
            .selfSigned("rsa.test", "-newkey", "rsa:2048");
    for (String name : List.of("ec.test", "rsa.test")) {
      image.write("etc/tls/" + name, Files.readString(Path.of(certificates.chain(name))));
    }
    image.write("etc/resolv.conf", dns.resolvConf());
    image.write("etc/hosts", "127.0.1.1 mx.example.test\n");
    image.write(
        "etc/mail/main.cf",
        """
        compatibility_level = 3.9
        myhostname = mx.example.test
        mydestination = example.test
        maillog_format = json
        smtpd_tls_security_level = may
        smtpd_tls_chain_files = /etc/tls/ec.test /etc/tls/rsa.test
        smtpd_tls_loglevel = 1
        smtpd_tls_auth_only = yes
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = %s
        smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
        smtpd_proxy_filter = %s
        """
            .formatted(dovecot.path(), nextHop.address()));
    loaded = folder.resolve("loaded");
    server =
        opened(
                ServerProcess.start(
                    image.command("-Xlog:class+load:stderr"), "/etc/mail", loaded, "-o", "stress="))
            .readLog();
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.add(resource);
    return resource;
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -tls1_2 -cipher ECDHE-ECDSA-AES256-GCM-SHA384 | TLSv1.2, ECDHE-ECDSA-AES256-GCM-SHA384, ECDSA, X25519, 253 bits
          -tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305 | TLSv1.2, ECDHE-ECDSA-CHACHA20-POLY1305, ECDSA, X25519, 253 bits
          -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256   | TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256, RSA-PSS, X25519, 253 bits
          -tls1_2 -cipher DHE-RSA-AES256-GCM-SHA384     | TLSv1.2, DHE-RSA-AES256-GCM-SHA384, RSA-PSS, DH, 2048 bits
          -tls1_2 -groups P-384                         | TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384, RSA-PSS, ECDH, secp384r1, 384 bits
          -tls1_3                                       | TLSv1.3, TLS_AES_256_GCM_SHA384, ECDSA, X25519, 253 bits
          -tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256  | TLSv1.3, TLS_AES_128_GCM_SHA256, ECDSA, X25519, 253 bits
          -tls1_3 -sigalgs RSA-PSS+SHA256:RSA+SHA256    | TLSv1.3, TLS_AES_256_GCM_SHA384, RSA-PSS, X25519, 253 bits
          -tls1_3 -groups X448                          | TLSv1.3, TLS_AES_256_GCM_SHA384, ECDSA, X448, 448 bits
          -tls1_3 -groups P-256                         | TLSv1.3, TLS_AES_256_GCM_SHA384, ECDSA, ECDH, prime256v1, 256 bits
          -tls1_3 -groups P-521                         | TLSv1.3, TLS_AES_256_GCM_SHA384, ECDSA, ECDH, secp521r1, 521 bits
          -tls1_3 -groups ffdhe2048                     | TLSv1.3, TLS_AES_256_GCM_SHA384, ECDSA, DH, 2048 bits
          """)
  void it_shakes_hands(String offer, String outcome) throws Exception {
    assertThat(OpensslClient.handshake(server.address(), true, List.of(offer.split(" "))))
        .isEqualTo(outcome);
  }

  @Test
  void who_has_logged_in_at_Dovecot_may_send_to_anybody() throws Exception {
    try (TestTlsClient client = TestTlsClient.startTls(server.address())) {
      assertThat(client.say("EHLO client.test")).startsWith("250 ");
      assertThat(client.say("AUTH PLAIN AGpvZQBzZWNyZXQ="))
          .isEqualTo("235 2.7.0 Authentication successful");
      assertThat(client.say("MAIL FROM:<joe@example.test>")).startsWith("250 ");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>")).startsWith("250 ");
      assertThat(client.say("DATA")).startsWith("354 ");
      assertThat(client.say("Subject: logged in\r\n\r\n.")).startsWith("250 ");
      assertThat(client.say("QUIT")).startsWith("221 ");
    }
    assertThat(nextHop.messages()).anyMatch(it -> it.contains("Subject: logged in\n"));
  }

  @Test
  void it_finds_a_clients_name_by_DNS_and_logs_in_JSON() throws Exception {
    try (TestClient client = server.connect()) {
      client.reply();
      assertThat(client.say("QUIT")).startsWith("221 ");
    }
    await()
        .until(
            () ->
                server.log().stream()
                    .map(ImageIT::fields)
                    .anyMatch(it -> it.containsValue("connect from client.test[127.0.0.1]")));
  }

  /** The fields of an object that are text; fails if it is none. */
  private static Map<String, String> fields(String line) {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      var fields = new TreeMap<String, String>();
      while (json.nextToken() != null) {
        if (json.currentToken().isScalarValue()) {
          fields.put(String.valueOf(json.currentName()), json.getText());
        }
      }
      return fields;
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void it_tells_its_metrics() throws Exception {
    assertThat(server.metric("smtpd_process_limit")).isEqualTo(100);
  }

  /** But for classes that Java makes while it runs, which name the one that they are made for. */
  @Test
  void none_of_its_classes_is_read_from_a_jar_before_it_serves() throws Exception {
    List<String> classes =
        Files.readAllLines(loaded).stream()
            .filter(it -> it.contains(" source: "))
            .takeWhile(it -> !it.contains("dev.mailservice.smtpd.session.Session "))
            .toList();
    assertThat(classes)
        .filteredOn(it -> it.endsWith("source: shared objects file"))
        .hasSizeGreaterThan(1000);
    assertThat(classes).noneMatch(it -> it.contains("source: file:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:AOTCache=/app/lost.aot", // not there
        "-XX:-UseCompressedOops" // made for another form of the heap
      })
  void without_a_cache_that_fits_it_starts_and_says_so(String option, @TempDir Path folder)
      throws Exception {
    try (ServerProcess slow =
        ServerProcess.start(
            image.command(option), "/etc/mail", folder.resolve("stderr"), "-o", "stress=")) {
      assertThat(slow.log())
          .map(ImageIT::fields)
          .filteredOn(it -> it.toString().contains("warning: Java uses no AOT cache"))
          .hasSize(1);
      try (TestClient client = slow.connect()) {
        assertThat(client.lastLine()).startsWith("220 ");
      }
    }
  }

  @Test
  void its_commands_are_there_as_well() throws Exception {
    var command = new ArrayList<>(image.command());
    command.addAll(List.of("postconf", "-c", "/etc/mail", "-h", "myhostname"));
    assertThat(TestCertificates.run(command)).isEqualTo("mx.example.test\n");
  }
}
