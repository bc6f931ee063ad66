package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client may leave behind every byte that it has sent, politely or not. */
class LeavingClientTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String ENVELOPE =
      "EHLO client.test\r\nMAIL FROM:<sender@client.test>\r\nRCPT TO:<user@example.test>\r\n";

  /** What a client says, line by line, to the byte that makes it a message. */
  private static final List<String> MESSAGES =
      List.of(
          ENVELOPE + "DATA\r\nSubject: x\r\n\r\n..hello\r\n.\r\n",
          ENVELOPE + "BDAT 9\r\nhello\r\nwoBDAT 5 LAST\r\nrld\r\n");

  private enum Leaving {
    CLOSES,
    RESETS
  }

  static Stream<Arguments> all() {
    return MESSAGES.stream()
        .flatMap(
            message ->
                Stream.of(Leaving.values())
                    .flatMap(
                        leaving ->
                            Stream.of("", "speed_adjust")
                                .map(option -> Arguments.of(message, leaving, option))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void leaves_nothing_behind_and_no_half_of_a_message(
      String message, Leaving leaving, String option) throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, "smtpd_proxy_options=" + option, "smtpd_tls_security_level=none")) {
      var insides = new ServerInsides(server.smtpd());
      for (int said = 0; said < message.length(); said++) {
        leave(server, message.substring(0, said), leaving);
        insides.awaitNothingHeld();
        assertThat(nextHop.messages()).as("left behind byte %d of %s", said, message).isEmpty();
      }
      leave(server, message, Leaving.CLOSES);
      insides.awaitNothingHeld();
      assertThat(nextHop.messages()).hasSize(1);
      ServerInsides.requireNoFault(server.log());
    }
  }

  /** Says each line when the one before has been answered, so that it leaves where it means to. */
  private static void leave(TestServer server, String said, Leaving leaving) throws IOException {
    try (var socket =
        new Socket(server.smtpd().address().getAddress(), server.smtpd().address().getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      hear(in);
      for (String line : said.splitWithDelimiters("(?<=\n)", 0)) {
        socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
        if (line.matches("(?s)(EHLO|MAIL|RCPT|DATA).*\n|\\.\r\n")) {
          hear(in);
        }
      }
      if (leaving == Leaving.RESETS) {
        socket.setSoLinger(true, 0);
        return;
      }
      socket.shutdownOutput();
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (SocketException e) {
      // The server has closed first, as it may.
      return;
    }
  }

  /** Hears a whole reply. */
  private static void hear(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.append((char) c);
      if (c == '\n') {
        if (line.length() < 4 || line.charAt(3) != '-') {
          return;
        }
        line.setLength(0);
      }
    }
  }
}
