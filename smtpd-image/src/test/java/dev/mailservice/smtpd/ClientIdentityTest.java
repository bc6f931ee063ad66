package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.TestServer.Machine;
import dev.mailservice.smtpd.dns.TestDnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the client is, where dialogues with Postfix cannot show it: time, families, and proxies. */
class ClientIdentityTest {
  private static final String ZONES =
      """
      $ORIGIN test.
      @          SOA  ns.test. hostmaster.test. 1 3600 900 604800 300
      four       A    127.0.0.1
      six        AAAA ::1
      sender     MX   10 four
      $ORIGIN 127.in-addr.arpa.
      @          SOA  ns.test. hostmaster.test. 1 3600 900 604800 300
      1.0.0      PTR  four.test.
      $ORIGIN ip6.arpa.
      @          SOA  ns.test. hostmaster.test. 1 3600 900 604800 300
      1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR six.test.
      """;
  private static final String LOOK_UP = "smtpd_peername_lookup=yes";
  private static final String[] BEHIND_PROXY = {
    "smtpd_upstream_proxy_protocol=haproxy", "smtpd_upstream_proxy_hosts=127.0.0.1"
  };

  @TempDir private Path folder;

  private Machine machine(TestDnsServer dns, String listen) throws IOException {
    return new Machine(dns.etc(folder.resolve("etc"), ""), InetAddress.getByName(listen));
  }

  private static String connected(TestServer server) {
    await().until(() -> server.log().stream().anyMatch(it -> it.contains(" connect from ")));
    return server.log().stream()
        .filter(it -> it.contains(" connect from "))
        .map(it -> it.replaceFirst(".* connect from ", ""))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, four.test[127.0.0.1]", "::1, six.test[::1]", "::, four.test[127.0.0.1]"})
  void a_client_has_a_name_in_either_family(String listen, String client) throws Exception {
    try (var dns = TestDnsServer.start(ZONES);
        var nextHop = new TestNextHop();
        TestServer server = TestServer.start(machine(dns, listen), nextHop, LOOK_UP);
        TestClient connection = server.connectOver(listen.equals("::") ? "127.0.0.1" : listen)) {
      assertThat(connection.lastLine()).startsWith("220 ");
      assertThat(connected(server)).isEqualTo(client);
    }
  }

  @Test
  void the_hosts_file_comes_first_and_is_read_again() throws Exception {
    try (var dns = TestDnsServer.start(ZONES);
        var nextHop = new TestNextHop()) {
      Machine machine = machine(dns, "127.0.0.1");
      Files.writeString(machine.etc().resolve("hosts"), "127.0.0.1 localhost\n");
      try (TestServer server = TestServer.start(machine, nextHop, LOOK_UP);
          TestClient connection = server.connect()) {
        connection.reply();
        assertThat(connected(server)).isEqualTo("localhost[127.0.0.1]");
        assertThat(dns.questions()).isEmpty();
      }
    }
  }

  @Test
  void what_a_pod_searches_for_is_not_searched_for() throws Exception {
    try (var dns = TestDnsServer.start(ZONES);
        var nextHop = new TestNextHop()) {
      Machine machine = machine(dns, "127.0.0.1");
      Files.writeString(
          machine.etc().resolve("resolv.conf"),
          "search mail.svc.cluster.local svc.cluster.local\n%soptions ndots:5\n"
              .formatted(dns.resolvConf()));
      try (TestServer server = TestServer.start(machine, nextHop, LOOK_UP);
          TestClient connection = server.connect()) {
        connection.reply();
        assertThat(dns.questions()).containsExactly("1.0.0.127.in-addr.arpa. PTR", "four.test. A");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"stress=, 3s", "stress=yes, 1s"})
  void a_DNS_that_is_silent_delays_the_greeting_and_each_command_no_longer_than_it_may(
      String stress, String limit) throws Exception {
    try (var dns = TestDnsServer.start(ZONES);
        var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                machine(dns, "127.0.0.1"),
                nextHop,
                LOOK_UP,
                stress,
                "smtpd_dns_timeout=${stress?1}${stress:3}s",
                "smtpd_client_restrictions=reject_rbl_client a.test, reject_rbl_client b.test,"
                    + " reject_rbl_client c.test",
                "smtpd_sender_restrictions=reject_unknown_sender_domain")) {
      dns.fallSilent();
      var allowed = Duration.parse("PT" + limit);
      long begun = System.nanoTime();
      try (TestClient client = server.connect()) {
        assertThat(client.lastLine()).startsWith("220 ");
        assertTook(begun, allowed);
        client.say("HELO client.test");
        client.say("MAIL FROM:<sender@elsewhere.test>");
        begun = System.nanoTime();
        assertThat(client.say("RCPT TO:<user@example.test>"))
            .isEqualTo(
                "450 4.1.8 <sender@elsewhere.test>: Sender address rejected: Domain not found");
        assertTook(begun, allowed);
      }
      assertThat(connected(server)).isEqualTo("unknown[127.0.0.1]");
      await().until(() -> server.usage().active() == 0);
    }
  }

  private static void assertTook(long begun, Duration allowed) {
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(allowed.minusMillis(100), allowed.plusMillis(1500));
  }

  @Test
  void health_checks_do_no_harm() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, BEHIND_PROXY)) {
      for (int i = 0; i < 50; i++) {
        try (TestClient check = server.connect()) {
          check.send(i % 2 == 0 ? "" : LOCAL);
        }
      }
      await().until(() -> disconnects(server) == 50);
      assertThat(server.usage().active()).isZero();
      assertThat(server.metric("smtpd_refusals_total")).isZero();
      try (TestClient client = server.connect()) {
        client.send("PROXY TCP4 192.0.2.1 192.0.2.25 12345 25\r\n");
        assertThat(client.lastLine()).startsWith("220 ");
      }
    }
  }

  private static final String LOCAL = "\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0";

  private static long disconnects(TestServer server) {
    return server.log().stream().filter(it -> it.contains(" disconnect from ")).count();
  }

  @Test
  void a_header_must_be_there_in_time_as_a_whole() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, BEHIND_PROXY[0], BEHIND_PROXY[1], "smtpd_upstream_proxy_timeout=1s");
        TestClient silent = server.connect();
        TestClient slow = server.connect()) {
      long begun = System.nanoTime();
      Thread.ofVirtual().start(() -> dribble(slow));
      assertThat(silent.lastLine()).isEqualTo("421 4.3.0 mx.example.test Server local error");
      assertThat(slow.lastLine()).isEqualTo("421 4.3.0 mx.example.test Server local error");
      assertTook(begun, Duration.ofSeconds(1));
      await().until(() -> server.usage().active() == 0);
      assertThat(server.log())
          .anyMatch(it -> it.endsWith("warning: haproxy read: timeout error"))
          .anyMatch(
              it -> it.contains("warning: haproxy read: missing protocol header terminator: "));
    }
  }

  private static void dribble(TestClient client) {
    try {
      client.send("PROXY ");
      for (int i = 0; i < 100; i++) {
        client.send(" ");
        Thread.sleep(100);
      }
    } catch (IOException e) {
      // The server has hung up.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void who_is_no_trusted_proxy_is_a_client() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(nextHop, BEHIND_PROXY[0], "smtpd_upstream_proxy_hosts=192.0.2.1");
        TestClient client = server.connect()) {
      assertThat(client.lastLine()).startsWith("220 ");
      assertThat(client.say("PROXY TCP4 192.0.2.1 192.0.2.25 12345 25"))
          .isEqualTo("500 5.5.2 Error: command not recognized");
      assertThat(connected(server)).isEqualTo("unknown[127.0.0.1]");
    }
  }

  private static TestClient from(TestServer server, String address) throws IOException {
    TestClient client = server.connect();
    client.send("PROXY TCP4 %s 192.0.2.25 12345 25\r\n".formatted(address));
    return client;
  }

  @Test
  void a_network_above_its_share_of_the_slots_is_told_so_and_others_get_in() throws Exception {
    var open = new ArrayList<TestClient>();
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                BEHIND_PROXY[0],
                BEHIND_PROXY[1],
                "default_process_limit=20",
                "smtpd_client_slot_share_limit=25",
                "smtpd_client_ipv4_prefix_length=24",
                "mynetworks=10.0.0.0/8")) {
      for (String other : List.of("192.0.3.1", "192.0.4.1", "192.0.5.1")) {
        open.add(from(server, other));
        assertThat(open.getLast().lastLine()).startsWith("220 ");
      }
      for (int i = 0; i < 5; i++) {
        open.add(from(server, "198.51.100." + i));
        assertThat(open.getLast().lastLine()).startsWith("220 ");
      }
      TestClient tooMany = from(server, "198.51.100.99");
      assertThat(tooMany.lastLine())
          .isEqualTo("421 4.7.0 mx.example.test Error: too many connections from 198.51.100.99");
      assertThat(tooMany.lastLine()).isEqualTo("(closed)");
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.endsWith(
                      "warning: Slot share limit exceeded: 6 of 20 slots, 5 allowed from"
                          + " unknown[198.51.100.99] for service smtp"));
      assertThat(from(server, "192.0.6.1").lastLine()).startsWith("220 ");
      for (int i = 0; i < 8; i++) {
        assertThat(from(server, "10.0.0.1").lastLine()).as("an exception").startsWith("220 ");
      }
      open.getLast().say("QUIT");
      await().until(() -> disconnects(server) == 2);
      assertThat(from(server, "198.51.100.100").lastLine()).as("there is room").startsWith("220 ");
    }
  }

  @Test
  void the_only_network_may_have_all_slots() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, "default_process_limit=8", "smtpd_client_slot_share_limit=25")) {
      for (int i = 0; i < 8; i++) {
        assertThat(server.connect().lastLine()).startsWith("220 ");
      }
    }
  }

  @Test
  void connections_are_counted_down_whatever_happens() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "smtpd_client_connection_count_limit=1",
                "smtpd_hard_error_limit=2",
                "smtpd_authorized_xclient_hosts=192.0.2.77",
                "smtpd_timeout=1s")) {
      List<String> ends =
          List.of("", "QUIT\r\n", "a\r\nb\r\nc\r\n", "GET / HTTP/1.0\r\n", "EHLO a\r\nMAIL FROM:<");
      for (String end : ends) {
        try (TestClient client = server.connect()) {
          assertThat(client.lastLine()).as("before %s", end).startsWith("220 ");
          client.send(end);
        }
        await().until(() -> server.smtpd().clientNetworks() == 0);
      }
      try (TestClient idle = server.connect()) {
        assertThat(idle.lastLine()).startsWith("220 ");
        assertThat(idle.lastLine()).isEqualTo("421 4.4.2 mx.example.test Error: timeout exceeded");
        await().until(() -> server.smtpd().clientNetworks() == 0);
      }
    }
  }

  @Test
  void who_XCLIENT_says_to_be_counts_and_is_counted_down() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop,
                "smtpd_client_message_rate_limit=1",
                "smtpd_authorized_xclient_hosts=127.0.0.1, 198.51.100.0/24");
        TestClient client = server.connect()) {
      client.reply();
      for (String address : List.of("198.51.100.1", "198.51.100.2", "203.0.113.1")) {
        assertThat(client.say("XCLIENT ADDR=" + address)).startsWith("220 ");
      }
      client.say("HELO client.test");
      assertThat(client.say("MAIL FROM:<a@client.test>")).startsWith("250 ");
      client.say("RSET");
      assertThat(client.say("MAIL FROM:<a@client.test>"))
          .isEqualTo("450 4.7.1 Error: too much mail from 203.0.113.1");
      assertThat(server.smtpd().clientNetworks()).isEqualTo(1);
    }
  }
}
