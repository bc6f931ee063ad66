package dev.mailservice.smtpd.nexthop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.TestNames;
import dev.mailservice.smtpd.TestNextHop;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyFilterTest {
  private static final String EARLY = "replied before the end of data";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration NEVER = Duration.ZERO;

  @TempDir private Path spool;
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  private static Origin origin() {
    return new Origin(
        new Client(
            "192.0.2.1",
            "4711",
            HostName.of("client.test"),
            HostName.of("client.test"),
            "192.0.2.25",
            "25"),
        "helo.test",
        "ESMTP",
        "",
        "",
        Optional.empty());
  }

  private NextHop nextHop(TestNextHop there, Duration timeout, boolean speedAdjust, Duration idle) {
    return nextHop(there.address(), timeout, speedAdjust, idle);
  }

  private NextHop nextHop(String there, Duration timeout, boolean speedAdjust, Duration idle) {
    var settings =
        new NextHop.Settings("mx.test", timeout, speedAdjust, idle, Duration.ofSeconds(300), 2048);
    return new NextHop(
        NextHopAddress.parse("smtpd_proxy_filter", there),
        () -> settings,
        2,
        spool,
        warnings::add,
        () -> {},
        new ReplyTimes(),
        System::nanoTime);
  }

  private NextHop nextHop(TestNextHop there) {
    return nextHop(there, LONG, false, LONG);
  }

  private static DeliveryTransaction open(NextHop nextHop) throws IOException {
    return nextHop.open(origin(), Duration.ofMillis(100));
  }

  /** Goes as far as DATA with one recipient. */
  private static DeliveryTransaction openMessage(NextHop nextHop) throws IOException {
    DeliveryTransaction transaction = open(nextHop);
    begin(transaction);
    return transaction;
  }

  private static void begin(DeliveryTransaction transaction) throws IOException {
    assertThat(transaction.mail("a@b.test", "MAIL FROM:<a@b.test>").isPositive()).isTrue();
    assertThat(transaction.rcpt("c@d.test", "RCPT TO:<c@d.test>"))
        .isEqualTo(Reply.of("250 2.1.5 Ok"));
    assertThat(transaction.data()).isEmpty();
  }

  private static void write(DeliveryTransaction transaction, String text) throws IOException {
    transaction.content().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Reply deliver(NextHop nextHop, String message) throws IOException {
    try (DeliveryTransaction transaction = open(nextHop)) {
      begin(transaction);
      write(transaction, message);
      return transaction.end();
    }
  }

  private static String sayAll(TestNextHop there) {
    return String.join("\n", there.commands());
  }

  @Test
  void the_next_hop_hears_whose_mail_it_is_and_only_what_it_offers_to_hear() throws Exception {
    try (var there = new TestNextHop().offering("XFORWARD NAME ADDR HELO", "SIZE");
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      transaction.mail("a@b.test", "MAIL FROM:<a@b.test> SIZE=3 BODY=8BITMIME");
      transaction.rcpt("c@d.test", "RCPT TO:<c@d.test>");
      assertThat(there.commands())
          .containsExactly(
              "EHLO mx.test",
              "XFORWARD NAME=client.test ADDR=192.0.2.1 HELO=helo.test",
              "MAIL FROM:<a@b.test> SIZE=3",
              "RCPT TO:<c@d.test>");
    }
  }

  @Test
  void mail_that_needs_SMTPUTF8_goes_to_nobody_who_does_not_offer_it() throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      assertThat(transaction.mail("", "MAIL FROM:<> SMTPUTF8").toString()).startsWith("550 5.6.7 ");
    }
  }

  @Test
  void a_message_arrives_byte_for_byte_and_the_final_reply_is_the_next_hops_own() throws Exception {
    try (var there = new TestNextHop().answering(".", "250-2.0.0 taken\r\n250 2.0.0 as 4711");
        NextHop nextHop = nextHop(there)) {
      assertThat(deliver(nextHop, "Subject: \u00e4\r\n\r\n.\r\n..\r\nlast line without end"))
          .isEqualTo(new Reply(250, List.of("2.0.0 taken", "2.0.0 as 4711")));
      assertThat(there.messages())
          .containsExactly("Subject: \u00e4\n\n.\n..\nlast line without end\n");
    }
  }

  @Test
  void a_session_carries_the_next_message_and_XFORWARD_comes_before_each() throws Exception {
    try (var there = new TestNextHop().offering("XFORWARD NAME");
        NextHop nextHop = nextHop(there)) {
      deliver(nextHop, "one\r\n");
      assertThat(nextHop.idle()).isEqualTo(1);
      deliver(nextHop, "two\r\n");
      assertThat(there.connections()).isEqualTo(1);
      assertThat(there.messages()).containsExactly("one\n", "two\n");
      assertThat(there.commands().stream().filter(it -> it.startsWith("XFORWARD"))).hasSize(2);
    }
  }

  @Test
  void a_kept_session_ends_when_nobody_needs_it_and_when_the_server_ends() throws Exception {
    try (var there = new TestNextHop();
        NextHop brief = nextHop(there, LONG, false, Duration.ofMillis(50))) {
      deliver(brief, "one\r\n");
      await().until(() -> brief.idle() == 0);
      await().until(() -> there.commands().contains("QUIT"));
    }
    try (var there = new TestNextHop()) {
      NextHop nextHop = nextHop(there);
      deliver(nextHop, "one\r\n");
      nextHop.close();
      await().until(() -> there.connected() == 0);
      deliver(nextHop, "two\r\n");
      assertThat(nextHop.idle()).isZero();
    }
  }

  @Test
  void no_session_is_kept_where_the_limit_is_zero() throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there, LONG, false, NEVER)) {
      deliver(nextHop, "one\r\n");
      deliver(nextHop, "two\r\n");
      assertThat(there.connections()).isEqualTo(2);
      assertThat(there.commands()).contains("QUIT");
    }
  }

  @Test
  void a_kept_session_that_has_died_is_replaced_before_anybody_hears_of_it() throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there)) {
      deliver(nextHop, "one\r\n");
      there.hangUpOnAll();
      assertThat(deliver(nextHop, "two\r\n").code()).isEqualTo(250);
      assertThat(there.connections()).isEqualTo(2);
      assertThat(warnings).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 4.3.2 shutting down", "hang up"})
  void a_kept_session_that_refuses_MAIL_because_it_ends_is_replaced(String end) throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there)) {
      deliver(nextHop, "one\r\n");
      there.answeringOnce("MAIL", end);
      assertThat(deliver(nextHop, "two\r\n").code()).isEqualTo(250);
      assertThat(there.messages()).containsExactly("one\n", "two\n");
    }
  }

  @Test
  void a_new_session_that_dies_at_MAIL_is_not_replaced() throws Exception {
    try (var there = new TestNextHop().answering("MAIL", "hang up");
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      assertThatThrownBy(() -> transaction.mail("", "MAIL FROM:<>"))
          .hasMessage("lost connection with proxy " + there.address());
      assertThat(there.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_kept_session_that_dies_once_content_has_been_sent_is_not_tried_again() throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there)) {
      deliver(nextHop, "one\r\n");
      there.answering(".", "hang up");
      assertThatThrownBy(() -> deliver(nextHop, "two\r\n"))
          .hasMessage("lost connection with proxy " + there.address());
      assertThat(there.connections()).isEqualTo(1);
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void a_session_that_said_421_to_a_message_is_not_kept() throws Exception {
    try (var there = new TestNextHop().answeringOnce(".", "421 4.3.2 going");
        NextHop nextHop = nextHop(there)) {
      assertThat(deliver(nextHop, "one\r\n")).isEqualTo(Reply.of("421 4.3.2 going"));
      assertThat(nextHop.idle()).isZero();
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void sessions_in_use_and_kept_ones_are_bounded_together() throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there)) {
      try (DeliveryTransaction one = openMessage(nextHop);
          DeliveryTransaction two = openMessage(nextHop)) {
        assertThat(nextHop.active()).isEqualTo(2);
        assertThatThrownBy(() -> open(nextHop)).hasMessageContaining("no free session after 0s");
        one.end();
        two.end();
      }
      assertThat(nextHop.idle()).isEqualTo(2);
      try (DeliveryTransaction three = openMessage(nextHop);
          DeliveryTransaction four = openMessage(nextHop)) {
        assertThat(nextHop.idle()).isZero();
        assertThat(there.connections()).isEqualTo(2);
        three.end();
        four.end();
      }
    }
  }

  @Test
  void what_the_next_hop_refuses_is_refused_in_its_words_and_logged_in_Postfixs() throws Exception {
    try (var there =
            new TestNextHop()
                .answering("RCPT TO:<no@", "550-5.1.1 nobody\r\n550 5.1.1 here")
                .answering("DATA", "452 4.3.1 full");
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      transaction.mail("", "MAIL FROM:<>");
      assertThat(transaction.rcpt("no@d.test", "RCPT TO:<no@d.test>"))
          .isEqualTo(new Reply(550, List.of("5.1.1 nobody", "5.1.1 here")));
      assertThat(transaction.rcpt("c@d.test", "RCPT TO:<c@d.test>").code()).isEqualTo(250);
      assertThat(transaction.data()).contains(Reply.of("452 4.3.1 full"));
      assertThat(warnings)
          .containsExactly(
              "proxy %s rejected \"RCPT TO:<no@d.test>\": \"550 5.1.1 here\""
                  .formatted(there.address()),
              "proxy %s rejected \"DATA\": \"452 4.3.1 full\"".formatted(there.address()));
    }
  }

  @Test
  void a_reply_that_says_yes_to_what_was_not_asked_refuses_one_recipient_as_in_Postfix()
      throws Exception {
    try (var there = new TestNextHop().answering("RCPT TO:<odd@", "354 go on");
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      transaction.mail("", "MAIL FROM:<>");
      transaction.rcpt("c@d.test", "RCPT TO:<c@d.test>");
      assertThat(transaction.rcpt("odd@d.test", "RCPT TO:<odd@d.test>").toString())
          .isEqualTo("451 4.3.0 Error: queue file write error");
      assertThat(transaction.rcpt("e@d.test", "RCPT TO:<e@d.test>").isPositive()).isTrue();
      assertThat(transaction.data()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hang up", "nonsense", "250-one\r\n550 other", "999 what", "25", "250garbage"})
  void a_reply_to_RCPT_that_is_none_ends_the_transaction_for_all_recipients(String reply)
      throws Exception {
    try (var there = new TestNextHop().answering("RCPT TO:<odd@", reply);
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      transaction.mail("", "MAIL FROM:<>");
      transaction.rcpt("c@d.test", "RCPT TO:<c@d.test>");
      assertThatThrownBy(() -> transaction.rcpt("odd@d.test", "RCPT TO:<odd@d.test>"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(there.address());
      assertThatThrownBy(() -> transaction.rcpt("e@d.test", "RCPT TO:<e@d.test>"))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(transaction::data).isInstanceOf(IOException.class);
      assertThat(there.commands()).doesNotContain("DATA", "RCPT TO:<e@d.test>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"554 no", "421 later", "HTTP/1.1 400 Bad Request", "", "hang up"})
  void a_greeting_that_is_none_is_told_to_the_log(String greeting) throws Exception {
    try (var there = new TestNextHop().answering("CONNECT", greeting);
        NextHop nextHop = nextHop(there)) {
      assertThatThrownBy(() -> open(nextHop))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(there.address());
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void an_address_where_nobody_listens_is_told_to_the_log() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (NextHop nextHop = nextHop("127.0.0.1:" + port, LONG, false, LONG)) {
      assertThatThrownBy(() -> open(nextHop))
          .hasMessageStartingWith("connect to proxy filter 127.0.0.1:%d: ".formatted(port));
    }
  }

  /** Hands every byte on between a socket in the file system and a next hop. */
  private static void relay(ServerSocketChannel from, TestNextHop to) {
    while (true) {
      try {
        SocketChannel client = from.accept();
        SocketChannel there = SocketChannel.open(new InetSocketAddress(LOOPBACK, to.port()));
        Thread.startVirtualThread(() -> copy(client, there));
        Thread.startVirtualThread(() -> copy(there, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    try (from;
        to) {
      Channels.newInputStream(from).transferTo(Channels.newOutputStream(to));
    } catch (IOException e) {
      // One of both has hung up.
      return;
    }
  }

  @Test
  void a_next_hop_behind_a_socket_in_the_file_system_is_one_like_any_other() throws Exception {
    Path path = spool.resolve("filter");
    try (var there = new TestNextHop();
        var listening =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path));
        NextHop nextHop = nextHop("unix:" + path, SHORT, false, LONG)) {
      Thread.startVirtualThread(() -> relay(listening, there));
      deliver(nextHop, "one\r\n");
      deliver(nextHop, "two\r\n");
      assertThat(there.messages()).containsExactly("one\n", "two\n");
      assertThat(there.connections()).isEqualTo(1);
      there.answering(".", "say nothing");
      assertThatThrownBy(() -> deliver(nextHop, "three\r\n"))
          .hasMessage("timeout talking to proxy unix:" + path);
      there.answering("MAIL", "hang up");
      assertThatThrownBy(() -> deliver(nextHop, "four\r\n"))
          .hasMessage("lost connection with proxy unix:" + path);
      assertThat(nextHop.active()).isZero();
    }
    // Whoever waited there for the next client lets go of the socket only when it has woken up.
    Files.delete(path);
    try (NextHop nextHop = nextHop("unix:" + path, SHORT, false, LONG)) {
      assertThatThrownBy(() -> open(nextHop))
          .hasMessageStartingWith("connect to proxy filter unix:%s: ".formatted(path));
    }
  }

  @Test
  void a_name_that_nobody_answers_for_has_the_time_to_connect_and_no_more() throws Exception {
    try (NextHop nextHop = nextHop(TestNames.SILENT + "next-hop.test:25", SHORT, false, LONG)) {
      assertThatThrownBy(() -> open(nextHop))
          .hasMessage("connect to proxy filter silent-next-hop.test:25: host not found in time");
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void addresses_that_take_no_connection_are_given_up_however_little_time_each_has()
      throws Exception {
    try (var full = new ServerSocket(0, 1);
        var first = new Socket(LOOPBACK, full.getLocalPort());
        var second = new Socket(LOOPBACK, full.getLocalPort());
        NextHop nextHop =
            nextHop(
                TestNames.MANY_ADDRESSES + ":" + full.getLocalPort(),
                Duration.ofSeconds(1),
                false,
                LONG)) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      var failure = CompletableFuture.runAsync(() -> openInVain(nextHop));
      await().until(failure::isDone);
      failure.join();
    }
  }

  private static void openInVain(NextHop nextHop) {
    assertThatThrownBy(() -> open(nextHop)).hasMessageEndingWith(": Connect timed out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."})
  void a_next_hop_that_says_nothing_is_waited_for_no_longer_than_its_timeout(String silentAt)
      throws Exception {
    try (var there = new TestNextHop().answering(silentAt, "say nothing");
        NextHop nextHop = nextHop(there, SHORT, false, LONG)) {
      assertThatThrownBy(() -> deliver(nextHop, "hello\r\n"))
          .hasMessage("timeout talking to proxy " + there.address());
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void a_reply_that_comes_byte_by_byte_has_one_deadline_in_all() throws Exception {
    try (var there =
            new TestNextHop()
                .following(
                    (in, out) -> {
                      while (true) {
                        out.write('2');
                        out.flush();
                        Thread.sleep(20);
                      }
                    });
        NextHop nextHop = nextHop(there, SHORT, false, LONG)) {
      assertThatThrownBy(() -> open(nextHop))
          .hasMessage("timeout talking to proxy " + there.address());
    }
  }

  @Test
  void a_reply_of_endless_lines_is_given_up_and_a_long_one_is_cut() throws Exception {
    try (var there =
            new TestNextHop()
                .following(
                    (in, out) -> {
                      while (true) {
                        TestNextHop.say(out, "220-" + "x".repeat(100));
                      }
                    });
        NextHop nextHop = nextHop(there)) {
      assertThatThrownBy(() -> open(nextHop)).hasMessageContaining("more than 1000 lines");
    }
    String reply = ("550-" + "x".repeat(996) + "\r\n").repeat(50) + "550 last";
    try (var there = new TestNextHop().answering(".", reply);
        NextHop nextHop = nextHop(there)) {
      assertThat(deliver(nextHop, "hello\r\n").toWire()).hasSizeLessThan(4000).startsWith("550-x");
    }
  }

  @Test
  void what_a_next_hop_says_is_shown_without_control_characters() throws Exception {
    try (var there = new TestNextHop().answering(".", "550 5.7.1 \u001b[31mred\u0007 \u00e4");
        NextHop nextHop = nextHop(there)) {
      assertThat(deliver(nextHop, "hello\r\n")).isEqualTo(Reply.of("550 5.7.1 ?[31mred? ?"));
    }
  }

  private static TestNextHop.Script untilData(TestNextHop.Script then) {
    return (in, out) -> {
      TestNextHop.say(out, "220 next hop");
      String line;
      while (!(line = in.readLine()).equals("DATA")) {
        TestNextHop.say(out, "250 " + line.length());
      }
      TestNextHop.say(out, "354 go on");
      then.talk(in, out);
    };
  }

  /** Writes until it fails, at most 100 MB. */
  private static void writeUntilItFails(DeliveryTransaction transaction) {
    byte[] line = "0123456789\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(
            () -> {
              OutputStream content = transaction.content();
              for (int i = 0; i < 9000; i++) {
                content.write(line);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_next_hop_that_refuses_in_the_middle_of_a_message_is_believed() throws Exception {
    try (var there =
            new TestNextHop()
                .following(
                    untilData(
                        (in, out) -> {
                          in.readLine();
                          TestNextHop.say(out, "552 5.3.4 too much");
                          while (in.readLine() != null) {}
                        }));
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = openMessage(nextHop)) {
      writeUntilItFails(transaction);
      assertThat(transaction.end()).isEqualTo(Reply.of("552 5.3.4 too much"));
      transaction.close();
      assertThat(nextHop.idle()).isZero();
    }
  }

  @Test
  void a_next_hop_that_accepts_before_the_final_dot_is_not_believed() throws Exception {
    try (var there =
            new TestNextHop()
                .following(
                    untilData(
                        (in, out) -> {
                          TestNextHop.say(out, "250 taken already");
                          while (in.readLine() != null) {}
                        }));
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = openMessage(nextHop)) {
      writeUntilItFails(transaction);
      assertThatThrownBy(transaction::end).hasMessageContaining(EARLY);
    }
  }

  @Test
  void a_next_hop_that_hangs_up_in_the_middle_of_a_message_is_a_lost_connection() throws Exception {
    try (var there = new TestNextHop().following(untilData((in, out) -> in.readLine()));
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = openMessage(nextHop)) {
      writeUntilItFails(transaction);
      assertThatThrownBy(transaction::end)
          .hasMessage("lost connection with proxy " + there.address());
    }
  }

  @Test
  void a_next_hop_that_takes_no_more_is_seen_to_stall_and_can_be_cut() throws Exception {
    try (var there = new TestNextHop().stallingInContent();
        NextHop nextHop = nextHop(there, Duration.ofSeconds(1), false, LONG);
        DeliveryTransaction transaction = openMessage(nextHop)) {
      Thread.ofVirtual()
          .start(
              () -> {
                await().until(() -> transaction.isStalled(System.nanoTime()));
                transaction.cut();
              });
      writeUntilItFails(transaction);
      assertThatThrownBy(transaction::end)
          .hasMessage("timeout talking to proxy " + there.address());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XFORWARD", "MAIL", "RCPT", "DATA", "."})
  void a_next_hop_that_says_nothing_is_seen_to_stall_by_who_looks_and_can_be_cut(String silentAt)
      throws Exception {
    try (var there =
            new TestNextHop().offering("XFORWARD NAME").answering(silentAt, "say nothing");
        NextHop nextHop = nextHop(there, SHORT, false, LONG);
        DeliveryTransaction transaction = open(nextHop)) {
      transaction.watched();
      Thread.ofVirtual()
          .start(
              () -> {
                await().until(() -> transaction.isStalled(System.nanoTime()));
                transaction.cut();
              });
      assertThatThrownBy(
              () -> {
                begin(transaction);
                write(transaction, "hello\r\n");
                transaction.end();
              })
          .hasMessage("timeout talking to proxy " + there.address());
    }
  }

  /** Like {@link #begin}, by a client's server, which knows the first recipient when it opens. */
  private static Reply beginWithRecipient(DeliveryTransaction transaction, String recipient)
      throws IOException {
    String command = "RCPT TO:<%s>".formatted(recipient);
    transaction.announce(command);
    Reply reply = transaction.mail("a@b.test", "MAIL FROM:<a@b.test>");
    return reply.isPositive() ? transaction.rcpt(recipient, command) : reply;
  }

  @Test
  void who_offers_PIPELINING_is_told_all_that_comes_before_the_first_recipients_answer_at_once()
      throws Exception {
    try (var there =
            new TestNextHop()
                .following(
                    (in, out) -> {
                      TestNextHop.say(out, "220 next hop");
                      in.readLine();
                      TestNextHop.say(out, "250-next hop\r\n250-XFORWARD NAME\r\n250 PIPELINING");
                      assertThat(in.readLine()).startsWith("XFORWARD ");
                      assertThat(in.readLine()).startsWith("MAIL ");
                      assertThat(in.readLine()).startsWith("RCPT ");
                      TestNextHop.say(out, "250 forward\r\n250 mail\r\n550 5.1.1 rcpt");
                      assertThat(in.readLine()).startsWith("RCPT ");
                      TestNextHop.say(out, "250 2.1.5 rcpt");
                      in.readLine();
                    });
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      assertThat(beginWithRecipient(transaction, "no@d.test"))
          .isEqualTo(Reply.of("550 5.1.1 rcpt"));
      assertThat(transaction.rcpt("c@d.test", "RCPT TO:<c@d.test>"))
          .isEqualTo(Reply.of("250 2.1.5 Ok"));
      assertThat(warnings)
          .containsExactly(
              "proxy %s rejected \"RCPT TO:<no@d.test>\": \"550 5.1.1 rcpt\""
                  .formatted(there.address()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XFORWARD", "MAIL", "RCPT"})
  void of_what_is_said_at_once_the_first_refusal_is_told(String where) throws Exception {
    try (var there =
            new TestNextHop()
                .offering("XFORWARD NAME", "PIPELINING")
                .answering(where, "554 5.7.1 no");
        NextHop nextHop = nextHop(there);
        DeliveryTransaction transaction = open(nextHop)) {
      assertThat(beginWithRecipient(transaction, "c@d.test"))
          .isEqualTo(
              Reply.of(
                  where.equals("XFORWARD")
                      ? "451 4.3.0 Error: queue file write error"
                      : "554 5.7.1 no"));
      transaction.close();
      assertThat(nextHop.idle()).isZero();
      assertThat(there.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XFORWARD", "MAIL"})
  void a_kept_session_that_has_died_is_replaced_and_everything_is_said_again(String where)
      throws Exception {
    try (var there = new TestNextHop().offering("XFORWARD NAME", "PIPELINING");
        NextHop nextHop = nextHop(there)) {
      deliver(nextHop, "one\r\n");
      there.answeringOnce(where, "421 4.3.2 going");
      try (DeliveryTransaction transaction = open(nextHop)) {
        assertThat(beginWithRecipient(transaction, "c@d.test").code()).isEqualTo(250);
        assertThat(transaction.data()).isEmpty();
        write(transaction, "two\r\n");
        assertThat(transaction.end().code()).isEqualTo(250);
      }
      assertThat(there.connections()).isEqualTo(2);
      assertThat(there.messages()).containsExactly("one\n", "two\n");
    }
  }

  @Test
  void a_transaction_closed_in_the_middle_of_a_message_leaves_nothing_at_the_next_hop()
      throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there)) {
      DeliveryTransaction transaction = openMessage(nextHop);
      write(transaction, "half a mess");
      transaction.close();
      transaction.close();
      await().until(() -> there.connected() == 0);
      assertThat(there.messages()).isEmpty();
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void a_transaction_closed_before_DATA_says_goodbye() throws Exception {
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there)) {
      open(nextHop).close();
      await().until(() -> there.commands().contains("QUIT"));
      assertThat(nextHop.active()).isZero();
    }
  }

  @Test
  void under_speed_adjust_the_next_hop_hears_nothing_before_the_message_is_whole()
      throws Exception {
    try (var there = new TestNextHop().offering("XFORWARD NAME", "SIZE");
        NextHop nextHop = nextHop(there, LONG, true, LONG);
        DeliveryTransaction transaction = openMessage(nextHop)) {
      String line = ".".repeat(1000) + "\r\n";
      for (int i = 0; i < 1000; i++) {
        write(transaction, line);
      }
      assertThat(there.connections()).isZero();
      assertThat(nextHop.active()).isZero();
      assertThat(files()).as("a file with a name stays when a process dies").isEmpty();
      assertThat(transaction.end().code()).isEqualTo(250);
      assertThat(there.messages()).containsExactly((".".repeat(1000) + "\n").repeat(1000));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XFORWARD", "MAIL", "RCPT", "DATA", "."})
  void under_speed_adjust_the_first_refusal_is_the_refusal_of_the_message(String where)
      throws Exception {
    try (var there = new TestNextHop().offering("XFORWARD NAME").answering(where, "554 5.7.1 no");
        NextHop nextHop = nextHop(there, LONG, true, LONG)) {
      assertThat(deliver(nextHop, "hello\r\n"))
          .isEqualTo(
              Reply.of(
                  where.equals("XFORWARD")
                      ? "451 4.3.0 Error: queue file write error"
                      : "554 5.7.1 no"));
      assertThat(nextHop.active()).isZero();
      assertThat(there.messages()).isEmpty();
    }
  }

  @Test
  void under_speed_adjust_a_disk_that_cannot_be_written_is_told_to_the_log() throws Exception {
    spool = spool.resolve("nowhere");
    try (var there = new TestNextHop();
        NextHop nextHop = nextHop(there, LONG, true, LONG)) {
      assertThatThrownBy(() -> open(nextHop))
          .hasMessageStartingWith("proxy speed-adjust log I/O error: ");
    }
  }

  @Test
  void a_timeout_may_be_shorter_under_stress() throws Exception {
    var timeout = new java.util.concurrent.atomic.AtomicReference<>(LONG);
    try (var there = new TestNextHop().answering(".", "say nothing");
        NextHop nextHop =
            new NextHop(
                NextHopAddress.parse("smtpd_proxy_filter", there.address()),
                () -> new NextHop.Settings("mx", timeout.get(), false, LONG, LONG, 2048),
                2,
                spool,
                warnings::add,
                () -> {},
                new ReplyTimes(),
                System::nanoTime)) {
      timeout.set(SHORT);
      assertThatThrownBy(() -> deliver(nextHop, "hello\r\n")).hasMessageContaining("timeout");
      assertThat(sayAll(there)).contains("DATA");
    }
  }
}
