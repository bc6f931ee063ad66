package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stranger tries to get mail to {@code victim@elsewhere.test} in every way that has been thought
 * of. What counts is what the next hop heard: a recipient that it could take for one elsewhere is a
 * relay, whatever the client was told.
 */
class OpenRelayTest {
  private static final String FROM = "MAIL FROM:<sender@client.test>";

  /** RCPT commands, one a line. */
  private static final List<String> RECIPIENTS =
      """
      RCPT TO:<victim@elsewhere.test>
      RCPT TO:victim@elsewhere.test
      RCPT TO:<victim@ELSEWHERE.Test>
      RCPT TO:<victim@elsewhere.test.>
      RCPT TO:<victim@elsewhere.test..>
      RCPT TO:<victim%elsewhere.test@example.test>
      RCPT TO:<victim%elsewhere.test>
      RCPT TO:<victim%elsewhere.test@>
      RCPT TO:<victim%elsewhere.test@localhost>
      RCPT TO:<victim%elsewhere.test%example.test>
      RCPT TO:<victim%elsewhere.test@relayed.test>
      RCPT TO:<victim%elsewhere.test@[127.0.0.1]>
      RCPT TO:<"victim%elsewhere.test">
      RCPT TO:<"victim%elsewhere.test"@example.test>
      RCPT TO:<elsewhere.test!victim>
      RCPT TO:<elsewhere.test!victim@example.test>
      RCPT TO:<elsewhere.test!victim@[127.0.0.1]>
      RCPT TO:<elsewhere.test!victim@relayed.test>
      RCPT TO:<example.test!elsewhere.test!victim>
      RCPT TO:<"elsewhere.test!victim"@example.test>
      RCPT TO:<"victim@elsewhere.test">
      RCPT TO:<"victim@elsewhere.test"@example.test>
      RCPT TO:<"victim@elsewhere.test"@relayed.test>
      RCPT TO:<"victim@elsewhere.test"@[127.0.0.1]>
      RCPT TO:<"victim"@elsewhere.test>
      RCPT TO:<"victim\\@elsewhere.test"@example.test>
      RCPT TO:<victim\\@elsewhere.test@example.test>
      RCPT TO:<victim@elsewhere.test@example.test>
      RCPT TO:<victim@elsewhere.test@relayed.test>
      RCPT TO:<victim@example.test@elsewhere.test>
      RCPT TO:<@example.test:victim@elsewhere.test>
      RCPT TO:<@example.test,@relayed.test:victim@elsewhere.test>
      RCPT TO:<@elsewhere.test:victim@example.test@elsewhere.test>
      RCPT TO:<@elsewhere.test@example.test>
      RCPT TO:<@example.test@elsewhere.test>
      RCPT TO:@example.test:victim@elsewhere.test
      RCPT TO:<victim@[192.0.2.1]>
      RCPT TO:<victim@[IPv6:2001:db8::1]>
      RCPT TO:<victim@192.0.2.1>
      RCPT TO:<victim@elsewhere.test >
      RCPT TO:< victim@elsewhere.test>
      RCPT TO:<victim @elsewhere.test>
      RCPT TO:<victim@ elsewhere.test>
      RCPT TO:<\tvictim@elsewhere.test\t>
      RCPT TO:<user@example.test> <victim@elsewhere.test>
      RCPT TO:<user@example.test>,<victim@elsewhere.test>
      RCPT TO:<user@example.test,victim@elsewhere.test>
      RCPT TO:<user@example.test;victim@elsewhere.test>
      RCPT TO:<user@example.test>ORCPT=rfc822;victim@elsewhere.test
      RCPT TO:<<victim@elsewhere.test>>
      RCPT TO:<user@example.test<victim@elsewhere.test>>
      RCPT TO:"user@example.test" <victim@elsewhere.test>
      RCPT TO:<victim@elsewhere.test(@example.test)>
      RCPT TO:<victim(@example.test)@elsewhere.test>
      RCPT TO:<victim@elsewhere.test\u0001>
      RCPT TO:<victim\u007f@elsewhere.test>
      RCPT TO:<postmaster@elsewhere.test>
      RCPT TO:<abuse@elsewhere.test>
      RCPT TO:<victim@xn--elsewhere-.test>
      RCPT TO:<victim@els\u00c3\u00a9where.test>
      RCPT TO:<victim@example.test.elsewhere.test>
      RCPT TO:<victim@elsewhere.test#example.test>
      RCPT TO:<victim@elsewhere.test/example.test>
      RCPT TO:<victim@relayed.test%elsewhere.test>
      RCPT TO:<victim=elsewhere.test@client.test>
      """
          .lines()
          .toList();

  static Stream<String> ways() {
    return RECIPIENTS.stream();
  }

  private static String[] settings(int which) {
    return which == 0
        ? new String[] {"virtual_alias_maps=", "smtpd_helo_required=no"}
        : new String[] {
          "relay_domains=relayed.test, example.test",
          "local_recipient_maps=",
          "smtpd_delay_reject=no",
          "allow_percent_hack=no",
          "swap_bangpath=no",
          "recipient_delimiter=+%",
          "smtpd_reject_unlisted_recipient=no"
        };
  }

  @ParameterizedTest
  @MethodSource("ways")
  void no_spelling_of_a_recipient_gets_through(String command) throws Exception {
    for (int which = 0; which < 2; which++) {
      try (var nextHop = new TestNextHop();
          TestServer server = TestServer.start(nextHop, settings(which));
          TestClient client = server.connect()) {
        client.reply();
        client.say("EHLO client.test");
        client.say(FROM);
        String reply = client.say(command);
        client.send("DATA\r\nhello\r\n.\r\n");
        client.say("QUIT");
        assertThat(relayed(nextHop)).as("%s was answered %s", command, reply).isEmpty();
      }
    }
  }

  static Stream<List<String>> stories() {
    String victim = "RCPT TO:<victim@elsewhere.test>";
    String user = "RCPT TO:<user@example.test>";
    return Stream.of(
        List.of("MAIL FROM:<user@example.test>", victim),
        List.of("MAIL FROM:<>", victim),
        List.of("MAIL FROM:<postmaster@example.test>", victim),
        List.of("MAIL FROM:<root@localhost>", victim),
        List.of("MAIL FROM:<sender@[127.0.0.1]>", victim),
        List.of("MAIL FROM:<sender@client.test> AUTH=user@example.test", victim),
        List.of("HELO localhost", "MAIL FROM:<user@example.test>", victim),
        List.of("EHLO [127.0.0.1]", FROM, victim),
        List.of("EHLO mx.example.test", FROM, victim),
        List.of(FROM, user, "RSET", victim, FROM, victim),
        List.of(FROM, user, victim, victim),
        List.of(FROM, user, "EHLO again", FROM, victim),
        List.of(FROM, user + " ORCPT=rfc822;victim@elsewhere.test"),
        List.of(FROM, user + " NOTIFY=SUCCESS ORCPT=rfc822;victim+40elsewhere.test"),
        List.of("XCLIENT ADDR=192.0.2.1 NAME=localhost", FROM, victim),
        List.of("XCLIENT LOGIN=user", FROM, victim),
        List.of("XFORWARD ADDR=192.0.2.1 SOURCE=LOCAL", FROM, victim),
        List.of("VRFY victim@elsewhere.test", FROM, victim),
        List.of("ETRN elsewhere.test", FROM, victim),
        List.of("AUTH PLAIN AHVzZXIAc2VjcmV0", FROM, victim),
        List.of("STARTTLS", FROM, victim),
        List.of(FROM, user, "BDAT 0", victim));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void no_way_of_coming_to_a_recipient_gets_through(List<String> commands) throws Exception {
    for (String option : List.of("yes", "no")) {
      try (var nextHop = new TestNextHop();
          TestServer server =
              TestServer.start(nextHop, "smtpd_forbid_unauth_pipelining=" + option);
          TestClient client = server.connect();
          TestClient inOnePacket = server.connect()) {
        client.reply();
        for (String command : commands) {
          client.say(command);
        }
        inOnePacket.reply();
        inOnePacket.send(String.join("\r\n", commands) + "\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n");
        while (!inOnePacket.lastLine().equals("(closed)")) {}
        assertThat(relayed(nextHop)).isEmpty();
      }
    }
  }

  @Test
  void who_may_relay_is_seen_to() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "mynetworks=127.0.0.0/8");
        TestClient client = server.connect()) {
      client.reply();
      client.say(FROM);
      assertThat(client.say("RCPT TO:<victim@elsewhere.test>")).startsWith("250");
      assertThat(relayed(nextHop)).hasSize(1);
    }
  }

  /** Recipients that are not plainly here; what stands in ORCPT is only told about the message. */
  private static List<String> relayed(TestNextHop nextHop) {
    return nextHop.commands().stream()
        .filter(it -> it.toUpperCase(Locale.ROOT).startsWith("RCPT"))
        .map(it -> it.replaceFirst("(?i) ORCPT=\\S+", ""))
        .filter(
            it ->
                !it.toLowerCase(Locale.ROOT)
                    .matches("rcpt to: ?<?[a-z0-9.+=-]+@(example|relayed)\\.test>?( .*)?"))
        .toList();
  }
}
