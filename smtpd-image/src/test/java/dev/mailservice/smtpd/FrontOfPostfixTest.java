package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.reference.PostfixMaster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of this server is the front of a host whose mail Debian's Postfix keeps, by the
 * configuration that {@code docs/alone.md} tells administrators to use.
 */
@BesidePostfix
class FrontOfPostfixTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "alone", "front-of-postfix");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SLOTS = 4;

  /** Where Postfix listens for the front in the example; the test must not take such a port. */
  private static final String BEHIND = "127.0.0.1:10025";

  /** What a host has besides. Its mail ends here: nothing leaves. */
  private static final String MAIN_CF_OF_THE_HOST =
      """
      compatibility_level = 3.6
      myhostname = host.example.test
      mydestination = example.test
      local_recipient_maps = inline:{user@example.test=1}
      local_transport = discard
      alias_maps =
      mynetworks = 127.0.0.0/8
      inet_protocols = ipv4
      smtpd_peername_lookup = no
      header_checks = regexp:%s
      """;

  private static final String SERVICES_OF_THE_HOST =
      """
      postlog unix-dgram n - n - 1 postlogd
      rewrite unix - - n - - trivial-rewrite
      proxymap unix - - n - - proxymap
      anvil unix - - n - 1 anvil
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      retry unix - - n - - error
      discard unix - - n - - discard
      """;

  @TempDir private Path folder;
  private PostfixMaster postfix;
  private ServerProcess front;

  @BeforeEach
  void start(PostfixReference reference) throws IOException {
    Root.assumed("Postfix's master can only be started by root");
    Path spam = Files.writeString(folder.resolve("spam"), "/^Subject: spam/ REJECT no spam here\n");
    InetSocketAddress behind = PostfixMaster.freePorts(1).getFirst();
    postfix =
        PostfixMaster.start(
            reference,
            MAIN_CF_OF_THE_HOST.formatted(spam),
            SERVICES_OF_THE_HOST + example("master.cf", behind),
            behind);
    Files.writeString(folder.resolve("main.cf"), example("main.cf", behind));
    front =
        ServerProcess.start(
                folder,
                "-o",
                "smtpd_peername_lookup=no",
                "-o",
                "default_process_limit=" + SLOTS,
                "-o",
                "smtpd_timeout=${stress?1}${stress:300}")
            .readLog();
  }

  /** A file of the example, but for the port. */
  private static String example(String name, InetSocketAddress behind) throws IOException {
    String text = Files.readString(EXAMPLE.resolve(name));
    assertThat(text).contains(BEHIND);
    return text.replace(
        BEHIND, "%s:%d".formatted(behind.getAddress().getHostAddress(), behind.getPort()));
  }

  @AfterEach
  void end() {
    if (front != null) {
      front.close();
    }
    if (postfix != null) {
      postfix.close();
    }
  }

  /** A client of its own address, which is not one that Postfix or the front trusts. */
  private TestClient client(String address) throws IOException {
    return new TestClient(
        new Socket(
            front.address().getAddress(),
            front.address().getPort(),
            InetAddress.getByName(address),
            0));
  }

  @Test
  void Postfix_queues_the_mail_and_logs_whose_it_is() throws Exception {
    try (TestClient client = client("127.0.1.7").openMessage()) {
      assertThat(client.say("Subject: good\r\n\r\nmail\r\n."))
          .startsWith("250 2.0.0 Ok: queued as ");
      assertThat(client.say("QUIT")).startsWith("221");
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(postfix.log())
                    .anyMatch(
                        it ->
                            it.contains(" postfix/behind/smtpd[")
                                && it.endsWith(
                                    ": client=unknown[127.0.0.1],"
                                        + " orig_client=unknown[127.0.1.7]"))
                    .anyMatch(it -> it.contains("to=<user@example.test>, relay=none, "))
                    .anyMatch(it -> it.contains(" status=sent ")));
  }

  @Test
  void what_Postfix_refuses_is_refused_to_the_client_in_its_words() throws Exception {
    try (TestClient client = client("127.0.1.7")) {
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      assertThat(client.say("RCPT TO:<nobody@example.test>"))
          .isEqualTo(
              "550 5.1.1 <nobody@example.test>: Recipient address rejected:"
                  + " User unknown in local recipient table");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>"))
          .isEqualTo("554 5.7.1 <user@elsewhere.test>: Relay access denied");
      assertThat(client.say("RCPT TO:<user@example.test>")).startsWith("250");
      client.say("DATA");
      assertThat(client.say("Subject: spam\r\n\r\nspam\r\n.")).isEqualTo("550 5.7.1 no spam here");
      client.say("QUIT");
    }
    assertThat(postfix.log()).noneMatch(it -> it.contains("status=sent"));
    await()
        .until(
            () ->
                front.log().stream()
                    .anyMatch(
                        it ->
                            it.contains(
                                "proxy-reject: END-OF-MESSAGE: 550 5.7.1 no spam here;"
                                    + " from=<sender@client.test>")));
  }

  @Test
  void mail_reaches_Postfix_while_idle_clients_hold_all_slots_and_they_do_not_reach_it()
      throws Exception {
    // That of whoever found out that it has started.
    await().atMost(PATIENCE).until(() -> sessionsOfPostfix() == 1);
    var idle = new ArrayList<TestClient>();
    try {
      for (int i = 0; i < SLOTS; i++) {
        idle.add(client("127.0.1.66"));
        idle.getLast().reply();
      }
      assertThat(front.metric("smtpd_stress")).isEqualTo(1);
      try (TestClient good = client("127.0.1.8")) {
        assertThat(good.openMessage().say("Subject: good\r\n\r\nmail\r\n."))
            .startsWith("250 2.0.0 Ok: queued as ");
      }
    } finally {
      for (TestClient client : idle) {
        client.close();
      }
    }
    await()
        .atMost(PATIENCE)
        .until(() -> postfix.log().stream().anyMatch(it -> it.contains(" status=sent ")));
    assertThat(postfix.log()).anyMatch(it -> it.endsWith("orig_client=unknown[127.0.1.8]"));
    assertThat(sessionsOfPostfix()).as("that of the good client besides").isEqualTo(2);
  }

  private int sessionsOfPostfix() {
    List<String> sessions =
        postfix.log().stream().filter(it -> it.contains("]: connect from ")).toList();
    return sessions.size();
  }
}
