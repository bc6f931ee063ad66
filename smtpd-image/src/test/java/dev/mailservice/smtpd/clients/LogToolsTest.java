package dev.mailservice.smtpd.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.Root;
import dev.mailservice.smtpd.TestNextHop;
import dev.mailservice.smtpd.TestServer;
import dev.mailservice.smtpd.reference.PostfixMaster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same clients come to this server and to Debian's Postfix; both write the same log, and tools
 * that read Postfix's log count in this server's what was done.
 */
@BesidePostfix
@WithMailClients
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogToolsTest {
  private static final String MAIL = "MAIL FROM:<sender@client.test>";
  private static final String RCPT = "RCPT TO:<user@example.test>";
  private static final String MESSAGE = "Subject: hello\n\nworld\n.";
  private static final String REFUSED =
      "Subject: hello\nNext-Hop-Reply: 550 5.7.1 spam\n\nworld\n.";

  private static final List<Visit> VISITS =
      List.of(
          Visit.quits(
              "127.0.1.2",
              "EHLO client.test",
              MAIL,
              RCPT,
              "DATA",
              MESSAGE,
              MAIL,
              RCPT,
              "RCPT TO:<other@example.test>",
              "DATA",
              MESSAGE),
          Visit.quits("127.0.1.2", "HELO client.test", "MAIL FROM:<>", RCPT, "DATA", MESSAGE),
          Visit.vanishes("127.0.1.2", "EHLO client.test", MAIL, RCPT, "DATA", MESSAGE),
          Visit.quits(
              "127.0.1.3",
              "EHLO client.test",
              MAIL,
              "RCPT TO:<user@elsewhere.test>",
              "RCPT TO:<\"user elsewhere.test\"@elsewhere.test>",
              RCPT,
              "RSET"),
          Visit.quits("127.0.1.4", "EHLO client.test", MAIL, "RCPT TO:<nobody@example.test>"),
          Visit.stays("127.0.1.5", "EHLO client.test", "ONE", "TWO", "THREE", "FOUR"),
          Visit.stays(
              "127.0.1.5",
              "EHLO client.test",
              MAIL,
              "RCPT TO:<nobody@example.test>",
              "RCPT TO:<nobody@example.test>",
              "RCPT TO:<nobody@example.test>",
              "RCPT TO:<nobody@example.test>"),
          Visit.vanishes("127.0.1.6"),
          Visit.vanishes("127.0.1.6", "EHLO client.test"),
          Visit.vanishes("127.0.1.6", "EHLO client.test", MAIL, RCPT),
          Visit.vanishes("127.0.1.6", "EHLO client.test", MAIL, RCPT, "DATA"),
          Visit.vanishes("127.0.1.6", "EHLO client.test", "AUTH PLAIN AGEAYg=="),
          Visit.stays("127.0.1.7"),
          Visit.stays("127.0.1.7", "EHLO client.test", MAIL),
          Visit.stays("127.0.1.7", "EHLO client.test", MAIL, RCPT, "DATA"),
          Visit.quits("127.0.1.8", "EHLO client.test", MAIL, RCPT),
          Visit.quits("127.0.1.9", "EHLO client", MAIL, RCPT),
          Visit.quits("127.0.1.9", "EHLO client.test", "MAIL FROM:<sender@client>", RCPT),
          Visit.quits("127.0.1.9", "EHLO client.test", "MAIL FROM:<spammer@client.test>", RCPT),
          Visit.quits("127.0.1.10", "EHLO client.test", "AUTH PLAIN AGEAYg=="),
          Visit.quits("127.0.1.11", "EHLO client.test", MAIL, RCPT, "DATA", REFUSED),
          Visit.quits("127.0.1.11", "EHLO client.test", MAIL + " SIZE=20000000"),
          Visit.stays("127.0.1.12", "EHLO client.test\nMAIL FROM:<a@client.test>"),
          Visit.stays("127.0.1.12", "GET / HTTP/1.1"),
          Visit.quits("127.0.1.13", "EHLO client.test", "VRFY user@elsewhere.test", "ETRN x.test"));

  private static final String DISCONNECT = "disconnect from unknown[127.0.1.";

  private static final String MAIN_CF =
      """
      compatibility_level = 3.9
      myhostname = mx.example.test
      mydestination = example.test
      local_recipient_maps = inline:{user@example.test=1, other@example.test=1}
      alias_maps =
      mynetworks = 127.0.0.1/32
      inet_protocols = ipv4
      smtpd_peername_lookup = no
      smtpd_client_restrictions = check_client_access inline:{127.0.1.8=REJECT}
      smtpd_helo_restrictions = reject_non_fqdn_helo_hostname
      smtpd_sender_restrictions =
        reject_non_fqdn_sender, check_sender_access inline:{spammer@client.test=REJECT}
      smtpd_relay_restrictions = reject_unauth_destination
      smtpd_error_sleep_time = 0
      smtpd_hard_error_limit = 3
      smtpd_forbid_unauth_pipelining = yes
      smtpd_timeout = 2s
      smtpd_sasl_auth_enable = yes
      smtpd_sasl_type = dovecot
      """;

  private Path folder;
  private Programs programs;
  private Mailbag bag;
  private TestNextHop auth;
  private List<String> theirs;
  private List<String> ours;

  @BeforeAll
  void run(PostfixReference reference, Programs clients, @TempDir Path temporary) throws Exception {
    Root.assumed("Postfix's master can only be started by root");
    folder = temporary;
    programs = clients;
    bag = new Mailbag();
    auth = new TestNextHop().following(LogToolsTest::letNobodyIn);
    theirs = logOfPostfix(reference);
    ours = logOfThisServer();
  }

  @AfterAll
  void end() throws IOException {
    if (bag != null) {
      bag.close();
      auth.close();
    }
  }

  /** Speaks Dovecot's authentication protocol, version 1.1. */
  private static void letNobodyIn(BufferedReader in, OutputStream out) throws IOException {
    say(
        out,
        "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\n"
            + "SPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("AUTH\t")) {
        say(out, "FAIL\t%s\tuser=somebody\n".formatted(line.split("\t")[1]));
      }
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private String mainCf() {
    return MAIN_CF + "smtpd_sasl_path = inet:%s\n".formatted(auth.address());
  }

  private List<String> logOfPostfix(PostfixReference reference) throws IOException {
    InetSocketAddress address = PostfixMaster.freePorts(1).getFirst();
    try (PostfixMaster postfix =
        PostfixMaster.start(
            reference,
            mainCf() + "smtpd_proxy_filter = %s\n".formatted(bag.address()),
            """
            postlog unix-dgram n - n - 1 postlogd
            rewrite unix - - n - - trivial-rewrite
            proxymap unix - - n - - proxymap
            anvil unix - - n - 1 anvil
            flush unix n - n - 0 flush
            %s:%d inet n - n - - smtpd
            """
                .formatted(address.getAddress().getHostAddress(), address.getPort()),
            address)) {
      return sessions(address, postfix::log);
    }
  }

  private List<String> logOfThisServer() throws Exception {
    try (TestServer server = TestServer.of(mainCf(), bag.address())) {
      return sessions(server.smtpd().address(), server::log);
    }
  }

  /** One after the other; what the log then has but for its start. */
  private static List<String> sessions(InetSocketAddress server, Supplier<List<String>> log)
      throws IOException {
    for (int i = 0; i < VISITS.size(); i++) {
      VISITS.get(i).pay(server);
      int ended = i + 1;
      await()
          .alias("the log tells of the end of " + VISITS.get(i))
          .atMost(Duration.ofSeconds(30))
          .until(() -> count(log, DISCONNECT) == ended);
    }
    return log.get().stream()
        .filter(it -> it.contains(" postfix/smtpd["))
        .filter(it -> !it.contains(" from unknown[127.0.0.1]"))
        .filter(it -> !it.contains("]: started: "))
        .toList();
  }

  private static int count(Supplier<List<String>> log, String text) {
    return (int) log.get().stream().filter(it -> it.contains(text)).count();
  }

  @Test
  void both_logs_have_the_same_lines() {
    assertThat(ours.stream().map(LogToolsTest::comparable).toList())
        .isEqualTo(theirs.stream().map(LogToolsTest::comparable).toList());
  }

  /** Without its time and number. */
  private static String comparable(String line) {
    return line.replaceFirst(".*postfix/smtpd\\[\\d+]: ", "");
  }

  @Test
  void pflogsumm_counts_what_was_done() throws IOException {
    assertThat(pflogsumm(ours))
        // Transactions that reached the next hop, whatever became of them.
        .contains("9 received")
        // It is the next hop that knows of deliveries, and its log that tells of them.
        .contains("0 delivered")
        .contains("12 rejected (100%)")
        .contains("25 connections")
        .contains("12 hosts/domains")
        .contains("Recipient address rejected: User unknown in local recipient table (total: 4)")
        .contains("Relay access denied (total: 2)")
        .contains("Client host rejected: Access denied (total: 1)")
        .contains("5.3.4 Message size exceeds fixed limit (total: 1)");
  }

  @Test
  void pflogsumm_reports_the_same_of_both_logs() throws IOException {
    assertThat(pflogsumm(atOneTime(ours)))
        .containsExactlyInAnyOrderElementsOf(pflogsumm(atOneTime(theirs)));
  }

  @Test
  void pflogsumm_counts_sessions_that_overlap() throws Exception {
    int sessions = 10;
    try (TestServer server = TestServer.of(mainCf(), bag.address())) {
      var held = new ArrayList<Socket>();
      for (int i = 0; i < sessions; i++) {
        var socket = new Socket();
        socket.connect(server.smtpd().address());
        held.add(socket);
      }
      await().until(() -> count(server::log, " connect from ") == sessions);
      for (Socket socket : held) {
        socket.close();
      }
      await().until(() -> count(server::log, "disconnect from ") == sessions);
      assertThat(pflogsumm(server.log())).contains("10 connections");
    }
  }

  /** Lines with single spaces. */
  private List<String> pflogsumm(List<String> log) throws IOException {
    return programs
        .run(new byte[0], "pflogsumm", List.of("--smtpd-stats", written(log).toString()))
        .linesOfSuccess()
        .stream()
        .map(it -> it.strip().replaceAll(" +", " "))
        .toList();
  }

  /** So that no hour ends between the two, and both take equally long. */
  private static List<String> atOneTime(List<String> log) {
    return log.stream().map(it -> "Jan 01 12:00:00" + it.substring(15)).toList();
  }

  @TestFactory
  Stream<DynamicTest> fail2ban_finds_the_same_clients_in_both_logs() {
    return Stream.of("more", "normal", "auth", "rbl", "ddos", "extra", "aggressive", "errors")
        .map(
            mode ->
                DynamicTest.dynamicTest(
                    mode, () -> assertThat(found(ours, mode)).isEqualTo(found(theirs, mode))));
  }

  @Test
  void fail2ban_finds_those_who_did_wrong() throws IOException {
    String relay = "127.0.1.3";
    String unknown = "127.0.1.4";
    String errors = "127.0.1.5";
    String leaves = "127.0.1.6";
    String listed = "127.0.1.8";
    String helo = "127.0.1.9";
    String login = "127.0.1.10";
    String pipelines = "127.0.1.12";
    String verifies = "127.0.1.13";
    assertThat(found(ours, "normal"))
        .containsExactly(
            relay, relay, unknown, errors, errors, errors, errors, errors, listed, helo, pipelines,
            verifies);
    assertThat(found(ours, "errors")).containsExactly(errors, errors);
    assertThat(found(ours, "auth")).containsExactly(leaves, login);
    assertThat(found(ours, "ddos"))
        .containsExactly(leaves, leaves, leaves, leaves, leaves, login)
        .doesNotContain("127.0.1.2");
    assertThat(found(ours, "aggressive"))
        .contains(relay, unknown, errors, leaves, listed, helo, login, pipelines, verifies)
        .doesNotContain("127.0.1.2");
  }

  /** The addresses of matching lines, in the order of the log. */
  private List<String> found(List<String> log, String mode) throws IOException {
    String configuration = programs.folder().resolve("root/etc/fail2ban").toString();
    return programs
        .run(
            new byte[0],
            "fail2ban-regex",
            List.of(
                "-c",
                configuration,
                "--usedns=no",
                "-o",
                "ip",
                written(log).toString(),
                "postfix[mode=" + mode + "]"))
        .linesOfSuccess();
  }

  private Path written(List<String> log) throws IOException {
    Path file = Files.createTempFile(folder, "mail", ".log");
    Files.write(file, log, StandardCharsets.UTF_8);
    return file;
  }
}
