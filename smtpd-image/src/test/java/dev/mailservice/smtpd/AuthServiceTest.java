package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What comes of logins, and of mail without one, when the authentication service is away, slow, not
 * what it should be or gone in the middle. A slot that is held too long fails each test, as the
 * client's patience is 20 seconds and the service has 10.
 */
class AuthServiceTest {
  private static final String GREETING =
      "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\n"
          + "SPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n";
  private static final String LOGIN = "AUTH PLAIN AGpvZQBzZWNyZXQ=";
  private static final String NOBODY_KNOWS = "454 4.7.0 Temporary authentication failure";
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** What a service does to one connection. */
  private interface Service extends TestNextHop.Script {}

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Hears all that is said to it, for ever. */
  private static void listen(BufferedReader in) throws IOException {
    while (in.readLine() != null) {
      continue;
    }
  }

  private static String awaitQuestion(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && !line.startsWith("AUTH\t")) {
      line = in.readLine();
    }
    return String.valueOf(line);
  }

  private static Service saying(String text) {
    return (in, out) -> {
      write(out, text);
      listen(in);
    };
  }

  private static Service sayingAndLeaving(String text) {
    return (in, out) -> write(out, text);
  }

  private static Service answering(String text) {
    return (in, out) -> {
      write(out, GREETING);
      awaitQuestion(in);
      write(out, text);
      listen(in);
    };
  }

  private static Service answeringAndLeaving(String text) {
    return (in, out) -> {
      write(out, GREETING);
      awaitQuestion(in);
      write(out, text);
    };
  }

  /** Never silent for long, and never to the point. */
  private static Service trickling(String before, String drop) {
    return (in, out) -> {
      write(out, before);
      while (true) {
        write(out, drop);
        Thread.sleep(100);
      }
    };
  }

  private record Case(String name, boolean isOffered, Service service) {}

  private static final List<Case> CASES =
      List.of(
          new Case("says nothing", false, saying("")),
          new Case("stops in its greeting", false, saying("VERSION\t1\t1\nMECH\tPLAIN\n")),
          new Case("leaves at once", false, sayingAndLeaving("")),
          new Case("leaves in its greeting", false, sayingAndLeaving("VERSION\t1\t1\nMECH\tPL")),
          new Case(
              "is another version", false, saying(GREETING.replace("VERSION\t1", "VERSION\t2"))),
          new Case(
              "is an HTTP server", false, sayingAndLeaving("HTTP/1.1 400 Bad Request\r\n\r\n")),
          new Case("has no mechanisms", false, saying("VERSION\t1\t1\nSPID\t1\nDONE\n")),
          new Case("greets for ever", false, trickling("VERSION\t1\t1\n", "MECH\tPLAIN\n")),
          new Case("drips a line without an end", false, trickling("VERSION\t1\t1\n", "x")),
          new Case("writes a line without an end", false, saying("x".repeat(100_000))),
          new Case("does not answer", true, answering("")),
          new Case("answers half a line", true, answering("OK\t1\tuser=jo")),
          new Case("answers somebody else", true, answering("OK\t2\tuser=joe\n")),
          new Case("answers in bytes of no meaning", true, answering("\0\1\377\376\n\t\t\t\n\r\n")),
          new Case("leaves before it answers", true, answeringAndLeaving("")),
          new Case("leaves in its answer", true, answeringAndLeaving("OK\t1\tuse")),
          new Case("does not know", true, answering("FAIL\t1\tuser=joe\ttemp\n")),
          new Case("drips answers to somebody else", true, dripping()));

  private static Service dripping() {
    return (in, out) -> {
      write(out, GREETING);
      awaitQuestion(in);
      while (true) {
        write(out, "OK\t2\tuser=joe\n");
        Thread.sleep(100);
      }
    };
  }

  private static TestServer server(TestNextHop nextHop, String path, String... options)
      throws Exception {
    Stream<String> logins =
        Stream.of(
            "smtpd_sasl_auth_enable=yes",
            "smtpd_sasl_type=dovecot",
            "smtpd_sasl_path=" + path,
            "smtpd_relay_restrictions=permit_sasl_authenticated, reject_unauth_destination");
    return TestServer.start(
        nextHop, Stream.concat(logins, Stream.of(options)).toArray(String[]::new));
  }

  private static void assertLoginFailsAndMailGoesOn(TestClient client, TestNextHop nextHop)
      throws IOException {
    client.reply();
    assertThat(client.say("EHLO client.test")).startsWith("250 ");
    assertThat(client.say(LOGIN)).startsWith(NOBODY_KNOWS);
    assertMailGoesOn(client, nextHop);
  }

  private static void assertMailGoesOn(TestClient client, TestNextHop nextHop) throws IOException {
    assertThat(client.say("MAIL FROM:<sender@client.test>")).startsWith("250 ");
    assertThat(client.say("RCPT TO:<user@elsewhere.test>"))
        .as("nobody has logged in")
        .startsWith("554 ");
    assertThat(client.say("RCPT TO:<user@example.test>")).startsWith("250 ");
    assertThat(client.say("DATA")).startsWith("354 ");
    assertThat(client.say("hello\r\n.")).startsWith("250 ");
    assertThat(nextHop.messages()).hasSize(1);
    assertThat(client.say("QUIT")).startsWith("221 ");
  }

  @TestFactory
  Stream<DynamicTest> nobody_logs_in_and_mail_without_a_login_goes_on_where_the_service() {
    // All at once, as most of them are about waiting.
    ExecutorService cases = Executors.newVirtualThreadPerTaskExecutor();
    Map<Case, Future<Case>> running = new LinkedHashMap<>();
    CASES.forEach(it -> running.put(it, cases.submit(() -> assertSurvived(it), it)));
    return running.entrySet().stream()
        .map(it -> DynamicTest.dynamicTest(it.getKey().name(), () -> it.getValue().get()))
        .onClose(cases::close);
  }

  private static void assertSurvived(Case its) {
    try {
      survive(its);
    } catch (Exception e) {
      throw new AssertionError(its.name(), e);
    }
  }

  private static void survive(Case its) throws Exception {
    try (var auth = new TestNextHop().following(its.service());
        var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:" + auth.address());
        TestClient client = server.connect()) {
      client.reply();
      client.send("EHLO client.test\r\n");
      assertThat(client.reply().stream().anyMatch(it -> it.contains("AUTH")))
          .isEqualTo(its.isOffered());
      assertThat(client.say(LOGIN)).startsWith(NOBODY_KNOWS);
      assertMailGoesOn(client, nextHop);
      await().until(() -> server.usage().active() == 0);
      await().until(() -> auth.connected() == 0);
      assertThat(server.log())
          .anyMatch(
              it -> it.contains("warning: unknown[127.0.0.1]: SASL PLAIN authentication failed: "));
    }
  }

  @Test
  void the_same_holds_where_nobody_listens() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:127.0.0.1:" + TestPorts.free());
        TestClient client = server.connect()) {
      assertLoginFailsAndMailGoesOn(client, nextHop);
      assertThat(server.log())
          .anyMatch(
              it -> it.matches(".*warning: SASL: Connect to Dovecot auth socket 'inet:.*refused"));
    }
  }

  @Test
  void the_same_holds_where_there_is_no_socket() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "private/auth");
        TestClient client = server.connect()) {
      assertLoginFailsAndMailGoesOn(client, nextHop);
    }
  }

  @Test
  void a_slow_service_is_waited_for() throws Exception {
    Service slow =
        (in, out) -> {
          write(out, GREETING);
          awaitQuestion(in);
          Thread.sleep(2_000);
          write(out, "OK\t1\tuser=joe\n");
          listen(in);
        };
    try (var auth = new TestNextHop().following(slow);
        var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:" + auth.address());
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say(LOGIN)).isEqualTo("235 2.7.0 Authentication successful");
      client.say("MAIL FROM:<joe@example.test>");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>")).startsWith("250 ");
    }
  }

  @Test
  void one_client_alone_waits_for_a_service_that_says_nothing() throws Exception {
    try (var auth = new TestNextHop().following(saying(""));
        var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:" + auth.address());
        TestClient first = server.connect();
        TestClient second = server.connect()) {
      first.reply();
      second.reply();
      first.say("EHLO client.test");
      long since = System.nanoTime();
      second.say("EHLO client.test");
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(LIMIT.dividedBy(3));
      assertThat(auth.connections()).isEqualTo(1);
    }
  }

  @Test
  void nobody_waits_while_another_client_waits_for_the_service() throws Exception {
    var asked = new CountDownLatch(1);
    var awake = new CountDownLatch(1);
    Service asleep =
        (in, out) -> {
          asked.countDown();
          awake.await();
          write(out, GREETING);
          listen(in);
        };
    try (var auth = new TestNextHop().following(asleep);
        var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:" + auth.address());
        TestClient first = server.connect();
        TestClient second = server.connect()) {
      first.reply();
      second.reply();
      first.send("EHLO client.test\r\n");
      asked.await();
      second.send("EHLO client.test\r\n");
      assertThat(second.reply()).noneMatch(it -> it.contains("AUTH"));
      awake.countDown();
      assertThat(first.reply()).as("it is still waiting").anyMatch(it -> it.contains("AUTH"));
      second.send("EHLO client.test\r\n");
      assertThat(second.reply()).anyMatch(it -> it.contains("AUTH"));
    }
  }

  @Test
  void a_server_that_becomes_stressed_does_not_ask_again() throws Exception {
    try (var auth = new TestNextHop().following(saying(GREETING));
        var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:" + auth.address(), "default_process_limit=2");
        TestClient calm = server.connect()) {
      assertThat(calm.reply()).noneMatch(it -> it.contains("RED"));
      calm.say("EHLO client.test");
      try (TestClient stressed = server.connect()) {
        assertThat(stressed.reply()).anyMatch(it -> it.contains("RED"));
        stressed.send("EHLO client.test\r\n");
        assertThat(stressed.reply()).anyMatch(it -> it.contains("AUTH"));
      }
      assertThat(auth.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_client_that_leaves_in_the_middle_of_a_login_leaves_nothing() throws Exception {
    Service asking =
        (in, out) -> {
          write(out, GREETING);
          awaitQuestion(in);
          write(out, "CONT\t1\tVXNlcm5hbWU6\n");
          listen(in);
        };
    try (var auth = new TestNextHop().following(asking);
        var nextHop = new TestNextHop();
        TestServer server = server(nextHop, "inet:" + auth.address());
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      assertThat(client.say("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
      client.close();
      await().until(() -> server.usage().active() == 0);
      await().until(() -> auth.connected() == 0);
    }
  }
}
