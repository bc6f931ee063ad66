package dev.mailservice.smtpd.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.Root;
import dev.mailservice.smtpd.TestCertificates;
import dev.mailservice.smtpd.TestServer;
import dev.mailservice.smtpd.reference.PostfixMaster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Postfix hands its mail to this server, by TLS and no other way; and its smtp-source. */
@BesidePostfix
@WithMailClients
class PostfixClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MESSAGES = 200;
  private static final int SESSIONS = 20;
  private static final int MESSAGE_BYTES = 5_000;

  @TempDir Path folder;
  private Mailbag bag;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    Root.assumed("Postfix's master can only be started by root");
    var certificates = new TestCertificates(folder).selfSigned("mx.test");
    bag = new Mailbag();
    server =
        TestServer.start(
            bag.address(),
            "compatibility_level=3.9",
            "smtpd_tls_security_level=may",
            "smtpd_tls_chain_files=" + certificates.chain("mx.test"),
            "local_recipient_maps=inline:{user@example.test=1}");
  }

  @AfterEach
  void end() throws IOException {
    if (server != null) {
      server.close();
      bag.close();
    }
  }

  private PostfixMaster postfix(PostfixReference reference, InetSocketAddress submission)
      throws IOException {
    InetSocketAddress ours = server.smtpd().address();
    return PostfixMaster.start(
        reference,
        """
        compatibility_level = 3.6
        myhostname = relay.client.test
        mydestination =
        mynetworks = 127.0.0.0/8
        inet_protocols = ipv4
        smtpd_peername_lookup = no
        relayhost = [%s]:%d
        smtp_tls_security_level = encrypt
        smtp_tls_loglevel = 1
        smtp_generic_maps =
        alias_maps =
        """
            .formatted(ours.getAddress().getHostAddress(), ours.getPort()),
        """
        postlog unix-dgram n - n - 1 postlogd
        rewrite unix - - n - - trivial-rewrite
        proxymap unix - - n - - proxymap
        anvil unix - - n - 1 anvil
        tlsmgr unix - - n 1000? 1 tlsmgr
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        scache unix - - n - 1 scache
        retry unix - - n - - error
        error unix - - n - - error
        discard unix - - n - - discard
        smtp unix - - n - - smtp
        %s:%d inet n - n - - smtpd
        """
            .formatted(submission.getAddress().getHostAddress(), submission.getPort()),
        submission);
  }

  @Test
  void Postfix_hands_on_its_mail_by_TLS_byte_for_byte(PostfixReference reference, Programs programs)
      throws Exception {
    InetSocketAddress submission = PostfixMaster.freePorts(1).getFirst();
    List<Letter> letters = List.of(Letter.dots(), Letter.eightBit(), Letter.ofSize(3_000_000));
    try (PostfixMaster postfix = postfix(reference, submission)) {
      assertThat(new DriverClient(programs, "smtplib").send(folder, submission, false, letters))
          .allMatch(it -> it.startsWith("message 250"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(postfix.log())
                      .filteredOn(it -> it.contains(" status=sent (250 2.0.0 Ok: in the bag)"))
                      .hasSize(letters.size()));
      assertThat(postfix.log())
          .anyMatch(
              it ->
                  it.matches(".*TLS connection established to .*: TLSv1.3 with cipher TLS_AES_.*"));
    }
    assertThat(bag.mails())
        .extracting(Mailbag.Mail::withoutReceived)
        .as("in any order")
        .allSatisfy(
            arrived -> assertThat(letters).anyMatch(it -> Arrays.equals(it.content(), arrived)))
        .hasSize(letters.size());
    await().until(() -> server.usage().active() == 0);
    assertThat(server.log()).anyMatch(it -> it.matches(".* disconnect from .* starttls=1 .*"));
  }

  @Test
  void Postfix_bounces_what_is_refused_and_says_why(PostfixReference reference, Programs programs)
      throws Exception {
    InetSocketAddress submission = PostfixMaster.freePorts(1).getFirst();
    Letter letter = Letter.plain().to("user@example.test", "nobody@example.test");
    try (PostfixMaster postfix = postfix(reference, submission)) {
      new DriverClient(programs, "smtplib").send(folder, submission, false, List.of(letter));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(postfix.log())
                      .anyMatch(it -> it.matches(".* to=<user@example.test>.* status=sent .*"))
                      .anyMatch(
                          it ->
                              it.matches(
                                  ".* to=<nobody@example.test>.* dsn=5.1.1, status=bounced .*said:"
                                      + " 550 5.1.1 <nobody@example.test>: Recipient address"
                                      + " rejected: User unknown.*in reply to RCPT TO.*")));
    }
    assertThat(bag.mails().getFirst().recipients()).containsExactly("user@example.test");
  }

  @Test
  void every_message_of_many_sessions_at_once_is_counted(PostfixReference reference)
      throws Exception {
    InetSocketAddress ours = server.smtpd().address();
    var command =
        new ProcessBuilder(
            reference.folder().resolve("root/usr/sbin/smtp-source").toString(),
            "-s",
            String.valueOf(SESSIONS),
            "-m",
            String.valueOf(MESSAGES),
            "-l",
            String.valueOf(MESSAGE_BYTES),
            "-d",
            "-f",
            "source@client.test",
            "-t",
            "user@example.test",
            "%s:%d".formatted(ours.getAddress().getHostAddress(), ours.getPort()));
    command.environment().put("LD_LIBRARY_PATH", reference.libraries());
    assertThat(Programs.run(command, new byte[0]).linesOfSuccess()).isEmpty();
    await().until(() -> server.usage().active() == 0);
    assertThat(bag.mails())
        .hasSize(MESSAGES)
        .allMatch(it -> it.withoutReceived().length >= MESSAGE_BYTES);
    assertThat(server.metric("smtpd_messages_total")).isEqualTo(MESSAGES);
    assertThat(count("proxy-accept: END-OF-MESSAGE")).isEqualTo(MESSAGES);
    assertThat(count(": disconnect from "))
        .isEqualTo(count(": connect from "))
        .isLessThan(MESSAGES);
  }

  private long count(String text) {
    return server.log().stream().filter(it -> it.contains(text)).count();
  }
}
