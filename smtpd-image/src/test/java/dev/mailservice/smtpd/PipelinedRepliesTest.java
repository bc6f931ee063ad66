package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a client hears the replies to commands that it has sent in one packet. */
class PipelinedRepliesTest {
  private static final String ENVELOPE =
      "MAIL FROM:<sender@client.test>\r\nRCPT TO:<user@example.test>\r\n";
  private static final String HELD = "RCPT TO:<held@example.test>\r\n";

  private final CountDownLatch heard = new CountDownLatch(1);
  private final AtomicLong ahead = new AtomicLong();

  @ParameterizedTest
  @ValueSource(strings = {"DATA\r\nhello\r\n.\r\n", "BDAT 7 LAST\r\nhello\r\n"})
  void what_became_of_a_message_does_not_wait_for_what_comes_behind_it(String message)
      throws Exception {
    try (var nextHop = new TestNextHop().following(this::holding);
        TestServer server = TestServer.start(nextHop, "smtpd_forbid_unauth_pipelining=no");
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      client.send(ENVELOPE + message + "MAIL FROM:<sender@client.test>\r\n" + HELD);
      assertThat(client.lastLine()).isEqualTo("250 2.1.0 Ok");
      assertThat(client.lastLine()).isEqualTo("250 2.1.5 Ok");
      if (message.startsWith("DATA")) {
        assertThat(client.lastLine()).startsWith("354");
      }
      assertThat(client.lastLine()).isEqualTo("250 2.0.0 Ok: queued");
      heard.countDown();
      assertThat(client.lastLine()).isEqualTo("250 2.1.0 Ok");
      assertThat(client.lastLine()).isEqualTo("250 2.1.5 Ok");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 257, 511, 512, 4095, 4096, 4097, 4352, 8192, 70_000})
  void a_pipeline_of_any_length_is_understood_and_so_is_what_follows(int bytes) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "smtpd_forbid_unauth_pipelining=no");
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      String chunk = "BDAT %05d LAST\r\n";
      int length = bytes - (ENVELOPE + chunk.formatted(0)).length();
      String line = "x".repeat(Math.min(length, 800) - 2) + "\r\n";
      String content = line.repeat(length / line.length());
      content += "y".repeat(length - content.length());
      String sent = "\n" + content.replace("\r\n", "\n").strip() + "\n";
      for (int i = 0; i < 2; i++) {
        client.send(ENVELOPE + chunk.formatted(length) + content);
        assertThat(client.lastLine()).isEqualTo("250 2.1.0 Ok");
        assertThat(client.lastLine()).isEqualTo("250 2.1.5 Ok");
        assertThat(client.lastLine()).startsWith("250 2.0.0 Ok");
        assertThat(client.say("NOOP")).isEqualTo("250 2.0.0 Ok");
      }
      assertThat(nextHop.messages()).hasSize(2).allSatisfy(it -> assertThat(it).endsWith(sent));
    }
  }

  @Test
  void a_client_that_has_heard_nothing_for_ten_seconds_hears_what_has_been_said_by_then()
      throws Exception {
    TestServer.Machine machine =
        TestServer.Machine.withClock(() -> System.nanoTime() + ahead.get());
    try (var nextHop = new TestNextHop().following(this::holding);
        TestServer server = TestServer.start(machine, nextHop);
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      client.send(ENVELOPE.replace("user@", "slow@") + HELD);
      assertThat(client.lastLine()).isEqualTo("250 2.1.0 Ok");
      assertThat(client.lastLine()).isEqualTo("250 2.1.5 Ok");
      heard.countDown();
      assertThat(client.lastLine()).isEqualTo("250 2.1.5 Ok");
    }
  }

  /**
   * A next hop that takes eleven seconds for one recipient, and does not answer about another
   * before the client has heard what it should hear.
   */
  private void holding(BufferedReader in, OutputStream out)
      throws IOException, InterruptedException {
    TestNextHop.say(out, "220 next hop");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("RCPT TO:<slow@")) {
        ahead.set(TimeUnit.SECONDS.toNanos(11));
      } else if (line.startsWith("RCPT TO:<held@")) {
        heard.await();
      } else if (line.equals("DATA")) {
        TestNextHop.say(out, "354 go on");
        while (!".".equals(in.readLine())) {
          // It is of no interest here.
        }
        TestNextHop.say(out, "250 2.0.0 Ok: queued");
        continue;
      }
      TestNextHop.say(out, "250 2.0.0 Ok");
    }
  }
}
