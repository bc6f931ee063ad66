package dev.mailservice.smtpd.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.Root;
import dev.mailservice.smtpd.TestCertificates;
import dev.mailservice.smtpd.TestServer;
import dev.mailservice.smtpd.clients.MailClient.Can;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients as people use them; what arrives at the next hop is what was sent. */
@WithMailClients
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailClientsTest {
  private static final int SEVERAL_MEGABYTES = 3_000_000;
  private static final int SIZE_LIMIT = 100_000;

  private Path folder;
  private final List<MailClient> clients = new ArrayList<>();
  private TestCertificates certificates;

  private interface Body {
    void run(MailClient client, boolean startTls) throws Exception;
  }

  @BeforeAll
  void find(Programs programs, @TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    certificates = new TestCertificates(folder).selfSigned("mx.test");
    clients.addAll(
        List.of(
            new SwaksClient(programs, false),
            new SwaksClient(programs, true),
            new DriverClient(programs, "smtplib"),
            new DriverClient(programs, "nodemailer"),
            new DriverClient(programs, "netsmtp"),
            new AngusClient(0),
            new AngusClient(50_000)));
    if (Root.isHere()) {
      clients.add(new EximClient(programs));
    } else {
      assertThat(System.getenv("CI")).as("CI=true: Exim, which wants root, must run").isNull();
      System.out.println("NOT RUN, so nothing is known about it: Exim, which wants root");
    }
  }

  private Stream<DynamicTest> each(Body body) {
    return clients.stream().map(client -> test(client, false, body));
  }

  private Stream<DynamicTest> eachPlainAndByTls(Body body) {
    return clients.stream()
        .flatMap(client -> Stream.of(test(client, false, body), test(client, true, body)));
  }

  private static DynamicTest test(MailClient client, boolean startTls, Body body) {
    return DynamicTest.dynamicTest(
        client + (startTls ? " by STARTTLS" : ""), () -> body.run(client, startTls));
  }

  private TestServer server(Mailbag bag, String... options) throws Exception {
    var all =
        new ArrayList<>(
            List.of(
                "compatibility_level=3.9",
                "smtpd_tls_security_level=may",
                "smtpd_tls_chain_files=" + certificates.chain("mx.test"),
                // As main.cf is read: every char is a byte.
                new String(
                    "local_recipient_maps=inline:{user@example.test=1, empfänger@example.test=1}"
                        .getBytes(StandardCharsets.UTF_8),
                    StandardCharsets.ISO_8859_1)));
    all.addAll(Arrays.asList(options));
    return TestServer.start(bag.address(), all.toArray(String[]::new));
  }

  @TestFactory
  Stream<DynamicTest> what_arrives_is_what_was_sent_byte_for_byte() {
    return eachPlainAndByTls(
        (client, startTls) -> {
          var letters =
              new ArrayList<>(
                  List.of(
                      Letter.plain(),
                      Letter.dots(),
                      Letter.eightBit(),
                      Letter.ofSize(SEVERAL_MEGABYTES)));
          if (client.can().contains(Can.SMTPUTF8)) {
            letters.add(Letter.utf8());
          }
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            assertThat(client.send(folder, server.smtpd().address(), startTls, letters))
                .hasSameSizeAs(letters)
                .allMatch(it -> it.startsWith("message 250"));
            assertThat(bag.mails()).hasSameSizeAs(letters);
            for (int i = 0; i < letters.size(); i++) {
              assertArrived(client, letters.get(i), bag.mails().get(i));
            }
            assertSpoken(client, startTls, letters.size(), server);
          }
        });
  }

  private static void assertArrived(MailClient client, Letter sent, Mailbag.Mail arrived) {
    assertThat(arrived.sender()).startsWithIgnoringCase("MAIL FROM:<" + sent.from() + ">");
    if (sent.wantsSmtpUtf8()) {
      assertThat(arrived.sender()).contains(" SMTPUTF8");
    }
    assertThat(arrived.recipients()).isEqualTo(sent.to());
    assertThat(new String(arrived.content(), 0, 9, StandardCharsets.US_ASCII))
        .isEqualTo("Received:");
    assertThat(Arrays.mismatch(arrived.withoutReceived(), client.content(sent)))
        .as("where %s differs from what was sent", sent)
        .isEqualTo(-1);
  }

  private static void assertSpoken(
      MailClient client, boolean startTls, int messages, TestServer server) {
    await().until(() -> server.usage().active() == 0);
    List<String> ends =
        server.log().stream().filter(it -> it.contains(": disconnect from ")).toList();
    assertThat(ends)
        .hasSize(client.can().contains(Can.SEVERAL) ? 1 : messages)
        .allMatch(it -> it.contains(" starttls=1 ") == startTls)
        .allMatch(it -> it.contains(" bdat=") == client.can().contains(Can.CHUNKING))
        .allMatch(it -> it.contains(" data=") != client.can().contains(Can.CHUNKING));
  }

  @TestFactory
  Stream<DynamicTest> a_recipient_who_is_refused_is_reported_and_the_others_get_the_message() {
    return each(
        (client, startTls) -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            Letter letter =
                Letter.plain()
                    .to("nobody@example.test", "user@example.test", "user@elsewhere.test");
            assertThat(client.send(folder, server.smtpd().address(), startTls, List.of(letter)))
                .anyMatch(it -> it.matches("rcpt <?nobody@example.test>? 550 .*User unknown.*"))
                .anyMatch(
                    it -> it.matches("rcpt <?user@elsewhere.test>? 554 .*Relay access denied.*"))
                .filteredOn(it -> it.startsWith("message"))
                .singleElement()
                .asString()
                .startsWith("message 250");
            assertThat(bag.mails()).hasSize(1);
            assertThat(bag.mails().getFirst().recipients()).containsExactly("user@example.test");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_sent_if_no_recipient_is_accepted_and_the_next_message_goes() {
    return each(
        (client, startTls) -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            List<Letter> letters =
                List.of(Letter.plain().to("user@elsewhere.test"), Letter.plain());
            assertThat(client.send(folder, server.smtpd().address(), startTls, letters))
                .anyMatch(it -> it.matches("rcpt <?user@elsewhere.test>? 554 .*"))
                .filteredOn(it -> it.startsWith("message 250"))
                .hasSize(1);
            assertThat(bag.mails()).hasSize(1);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> a_message_that_is_too_large_is_refused_and_reported() {
    return each(
        (client, startTls) -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag, "message_size_limit=" + SIZE_LIMIT)) {
            List<Letter> letters = List.of(Letter.ofSize(2 * SIZE_LIMIT));
            assertThat(client.send(folder, server.smtpd().address(), startTls, letters))
                .singleElement()
                .asString()
                .startsWith("message 552");
            assertThat(bag.mails()).isEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> what_the_next_hop_says_to_the_message_is_what_the_client_reports() {
    return eachPlainAndByTls(
        (client, startTls) -> {
          try (var bag = new Mailbag();
              TestServer server = server(bag)) {
            Letter letter = Letter.of("spam", "\r\nNext-Hop-Reply: 554 5.7.1 no spam, please\r\n");
            assertThat(client.send(folder, server.smtpd().address(), startTls, List.of(letter)))
                .singleElement()
                .asString()
                .isEqualTo("message 554 5.7.1 no spam, please");
            assertThat(bag.mails()).isEmpty();
          }
        });
  }
}
