package dev.mailservice.smtpd.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.dns.Answer.Found;
import dev.mailservice.smtpd.dns.Answer.Missing;
import dev.mailservice.smtpd.dns.Answer.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against a DNS server on loopback. */
class DnsJavaResolverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ZONES =
      """
      $ORIGIN example.test.
      @            SOA  ns.example.test. hostmaster.example.test. 1 3600 900 604800 300
      @            NS   ns
      @            MX   20 backup
      @            MX   10 mail
      mail         A    192.0.2.1
      mail         A    192.0.2.2
      mail         AAAA 2001:db8::1
      alias        CNAME mail
      aliases      CNAME alias
      lost         CNAME nowhere
      loop         CNAME pool
      pool         CNAME loop
      null         MX   0 .
      text         TXT  "a \\"quoted\\" word" "and more"
      odd          TXT  "tab\\009and \\195\\164"
      short    1   A    192.0.2.3
      below.there  A    192.0.2.4
      *.wild       A    192.0.2.5
      large        A    192.0.2.6
      broken       A    192.0.2.7
      late         A    192.0.2.8
      silent       A    192.0.2.9
      $SERVFAIL    broken.example.test.
      $TRUNCATED   large.example.test.
      $LATE 900    late.example.test.
      $SILENT      silent.example.test.

      $ORIGIN 2.0.192.in-addr.arpa.
      @            SOA  ns.example.test. hostmaster.example.test. 1 3600 900 604800 300
      1            PTR  mail.example.test.
      """;

  /** A clock that can be moved on; it runs besides. */
  private final AtomicLong ahead = new AtomicLong();

  private long nanos() {
    return System.nanoTime() + ahead.get();
  }

  private DnsJavaResolver resolver(InetSocketAddress... servers) {
    return new DnsJavaResolver(() -> List.of(servers), this::nanos);
  }

  private static Answer ask(DnsJavaResolver resolver, String name, RecordType type) {
    return resolver.within(PATIENCE).lookup(name, type);
  }

  @Test
  void answers_are_what_the_zones_say() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      assertThat(ask(resolver, "mail.example.test", RecordType.A))
          .isEqualTo(new Found(List.of("192.0.2.1", "192.0.2.2")));
      assertThat(ask(resolver, "mail.example.test.", RecordType.AAAA))
          .isEqualTo(new Found(List.of("2001:db8::1")));
      assertThat(ask(resolver, "example.test", RecordType.NS))
          .isEqualTo(new Found(List.of("ns.example.test")));
      assertThat(ask(resolver, "1.2.0.192.in-addr.arpa", RecordType.PTR))
          .isEqualTo(new Found(List.of("mail.example.test")));
      assertThat(ask(resolver, "any.wild.example.test", RecordType.A))
          .isEqualTo(new Found(List.of("192.0.2.5")));
    }
  }

  @Test
  void the_best_mail_exchanger_comes_first_and_a_null_MX_is_the_root() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      assertThat(ask(resolver, "example.test", RecordType.MX))
          .isEqualTo(new Found(List.of("mail.example.test", "backup.example.test")));
      assertThat(ask(resolver, "null.example.test", RecordType.MX))
          .isEqualTo(new Found(List.of(".")));
    }
  }

  @Test
  void of_a_text_the_first_string_counts_in_printable_characters() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      assertThat(ask(resolver, "text.example.test", RecordType.TXT))
          .isEqualTo(new Found(List.of("a \"quoted\" word")));
      assertThat(ask(resolver, "odd.example.test", RecordType.TXT))
          .isEqualTo(new Found(List.of("tab and   ")));
    }
  }

  @Test
  void aliases_are_followed() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      var mail = new Found(List.of("192.0.2.1", "192.0.2.2"));
      assertThat(ask(resolver, "alias.example.test", RecordType.A)).isEqualTo(mail);
      assertThat(ask(resolver, "aliases.example.test", RecordType.A)).isEqualTo(mail);
      assertThat(ask(resolver, "aliases.example.test", RecordType.MX)).isEqualTo(new Missing(true));
      assertThat(ask(resolver, "lost.example.test", RecordType.A)).isEqualTo(new Missing(false));
      assertThat(ask(resolver, "loop.example.test", RecordType.A)).isInstanceOf(Unknown.class);
    }
  }

  @Test
  void that_a_name_is_missing_is_not_that_a_record_is() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      assertThat(ask(resolver, "nobody.example.test", RecordType.A)).isEqualTo(new Missing(false));
      assertThat(ask(resolver, "mail.example.test", RecordType.MX)).isEqualTo(new Missing(true));
      assertThat(ask(resolver, "there.example.test", RecordType.A)).isEqualTo(new Missing(true));
    }
  }

  @Test
  void a_server_that_cannot_say_is_not_one_that_says_no() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      assertThat(ask(resolver, "broken.example.test", RecordType.A)).isInstanceOf(Unknown.class);
      assertThat(ask(resolver, "refused.elsewhere.test", RecordType.A)).isInstanceOf(Unknown.class);
    }
  }

  @Test
  void names_that_cannot_be_are_not_asked_for() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      for (String name :
          List.of("", ".", "a..example.test", "a b.test", "x".repeat(64) + ".test", "-a.test")) {
        assertThat(ask(resolver, name, RecordType.A)).as(name).isEqualTo(new Missing(false));
      }
      assertThat(dns.questions()).isEmpty();
    }
  }

  @Test
  void an_international_name_is_asked_for_in_its_ascii_form() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      assertThat(ask(resolver, "bücher.example.test", RecordType.A)).isEqualTo(new Missing(false));
      assertThat(dns.questions()).containsExactly("xn--bcher-kva.example.test. A");
    }
  }

  @Test
  void an_answer_that_is_cut_is_asked_for_over_TCP() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      assertThat(ask(resolver(dns.address()), "large.example.test", RecordType.A))
          .isEqualTo(new Found(List.of("192.0.2.6")));
      assertThat(dns.asked("large.example.test", "A")).isEqualTo(2);
    }
  }

  @Test
  void answers_are_kept_and_so_is_that_there_are_none() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      for (int i = 0; i < 3; i++) {
        ask(resolver, "alias.example.test", RecordType.A);
        ask(resolver, "nobody.example.test", RecordType.A);
        ask(resolver, "mail.example.test", RecordType.MX);
      }
      assertThat(dns.questions())
          .containsExactlyInAnyOrder(
              "alias.example.test. A", "nobody.example.test. A", "mail.example.test. MX");
    }
  }

  @Test
  void answers_are_kept_no_longer_than_they_are_valid() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      ask(resolver, "short.example.test", RecordType.A);
      await()
          .untilAsserted(
              () -> {
                ask(resolver, "short.example.test", RecordType.A);
                assertThat(dns.asked("short.example.test", "A")).isEqualTo(2);
              });
    }
  }

  @Test
  void failures_are_not_kept() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(dns.address());
      ask(resolver, "broken.example.test", RecordType.A);
      ask(resolver, "broken.example.test", RecordType.A);
      assertThat(dns.asked("broken.example.test", "A")).isEqualTo(2);
    }
  }

  @Test
  void those_who_ask_the_same_at_the_same_time_share_one_question() throws Exception {
    try (var dns = TestDnsServer.start(ZONES);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      DnsJavaResolver resolver = resolver(dns.address());
      List<Callable<Answer>> questions =
          IntStream.range(0, 100)
              .<Callable<Answer>>mapToObj(
                  it -> () -> ask(resolver, "late.example.test", RecordType.A))
              .toList();
      for (Future<Answer> answer : clients.invokeAll(questions)) {
        assertThat(answer.get()).isEqualTo(new Found(List.of("192.0.2.8")));
      }
      // It is late enough for a second try, but not for a hundred questions.
      assertThat(dns.asked("late.example.test", "A")).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void all_questions_of_one_command_end_together() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      Resolver command = resolver(dns.address()).within(Duration.ofMillis(500));
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(command.lookup(i + ".silent.example.test", RecordType.A))
            .isInstanceOf(Unknown.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
    }
  }

  @Test
  void the_time_of_a_command_does_not_run_before_its_first_question() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      Resolver command = resolver(dns.address()).within(Duration.ofSeconds(5));
      ahead.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(command.lookup("mail.example.test", RecordType.A)).isInstanceOf(Found.class);
      ahead.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(command.lookup("silent.example.test", RecordType.A)).isInstanceOf(Unknown.class);
      assertThat(command.lookup("mail.example.test", RecordType.A)).isInstanceOf(Found.class);
    }
  }

  @Test
  void a_server_that_was_asked_too_early_is_asked_again() throws IOException {
    try (var dns = TestDnsServer.start(ZONES)) {
      dns.fallSilent();
      Thread.ofVirtual()
          .start(
              () -> {
                await().until(() -> !dns.questions().isEmpty());
                dns.speak();
              });
      assertThat(ask(resolver(dns.address()), "mail.example.test", RecordType.A))
          .isInstanceOf(Found.class);
      assertThat(dns.asked("mail.example.test", "A")).isEqualTo(2);
    }
  }

  @Test
  void the_next_server_is_asked_where_one_is_silent_and_the_silent_one_last_from_then_on()
      throws IOException {
    try (var silent = TestDnsServer.start(ZONES);
        var other = TestDnsServer.start(ZONES)) {
      silent.fallSilent();
      DnsJavaResolver resolver = resolver(silent.address(), other.address());
      assertThat(resolver.within(Duration.ofMillis(1900)).lookup("mail.example.test", RecordType.A))
          .isInstanceOf(Found.class);
      assertThat(ask(resolver, "short.example.test", RecordType.A)).isInstanceOf(Found.class);
      assertThat(silent.questions()).containsExactly("mail.example.test. A");
      silent.speak();
      ahead.addAndGet(Duration.ofSeconds(31).toNanos());
      assertThat(ask(resolver, "any.wild.example.test", RecordType.A)).isInstanceOf(Found.class);
      assertThat(silent.asked("any.wild.example.test", "A")).isEqualTo(1);
    }
  }

  @Test
  void the_next_server_is_asked_where_one_fails_or_is_not_there() throws IOException {
    InetSocketAddress gone;
    try (var ended = TestDnsServer.start(ZONES)) {
      gone = ended.address();
    }
    try (var broken = TestDnsServer.start("$SERVFAIL example.test.\n");
        var other = TestDnsServer.start(ZONES)) {
      DnsJavaResolver resolver = resolver(gone, broken.address(), other.address());
      long begun = System.nanoTime();
      assertThat(ask(resolver, "mail.example.test", RecordType.A)).isInstanceOf(Found.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void a_server_that_is_slow_is_heard_all_the_same() throws IOException {
    try (var slow = TestDnsServer.start(ZONES.replace("$LATE 900", "$LATE 2500"))) {
      assertThat(ask(resolver(slow.address()), "late.example.test", RecordType.A))
          .isInstanceOf(Found.class);
    }
  }

  @Test
  void a_server_may_have_an_IPv6_address() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getByName("::1"), 0);
    try (var dns = TestDnsServer.start(loopback, ZONES)) {
      assertThat(ask(resolver(dns.address()), "mail.example.test", RecordType.A))
          .isInstanceOf(Found.class);
    }
  }

  @Test
  void nothing_is_asked_of_nobody() {
    assertThat(new ArrayList<>(List.of(ask(resolver(), "mail.example.test", RecordType.A))))
        .allSatisfy(it -> assertThat(it).isInstanceOf(Unknown.class));
  }

  @Test
  void a_process_that_ends_is_answered_until_it_has_ended() throws Exception {
    try (var dns =
        TestDnsServer.start(
            """
            test.    SOA ns.test. hostmaster.test. 1 3600 900 604800 300
            *.test.  A   192.0.2.1
            $LATE 300 late.test.
            """)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  // What the image's runtime has.
                  "--limit-modules=java.base,java.logging,jdk.httpserver",
                  "-cp",
                  System.getProperty("java.class.path"),
                  AskingWhileEnding.class.getName(),
                  String.valueOf(dns.address().getPort()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.inputReader().lines())
          .containsExactly(
              Collections.nCopies(3, "Found[values=[192.0.2.1]]").toArray(String[]::new));
    }
  }
}
