package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.Transcript;
import dev.mailservice.e2e.smtp.Message;
import dev.mailservice.e2e.smtp.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoodClientTest {
  private static final Message MESSAGE =
      new Message(
          "id@example.net",
          "sender@example.net",
          "user@example.test",
          "Message-ID: <id@example.net>\r\n\r\n.a line with a dot\r\n");

  static Stream<Transcript> transcripts() {
    return Transcript.in("client");
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void saysWhatWasRecordedAndTellsTheOutcome(Transcript transcript) throws Exception {
    try (ScriptedServer server = ScriptedServer.play(transcript)) {
      List<Delivery> deliveries = send(server.address(), Duration.ofSeconds(30));

      assertThat(server.heard()).isEqualTo(transcript.marked("C:"));
      assertThat(deliveries)
          .singleElement()
          .satisfies(
              delivery ->
                  assertThat(
                          "%s %d at %s"
                              .formatted(delivery.outcome(), delivery.code(), delivery.stage()))
                      .isEqualTo(transcript.marked("OUTCOME:").getFirst()));
    }
  }

  @Test
  void losesPatienceWithAServerThatKeepsItWaitingInTheBacklog() throws IOException {
    try (ServerSocket backlogOnly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) backlogOnly.getLocalSocketAddress();

      assertThat(send(address, Duration.ofMillis(200)))
          .singleElement()
          .satisfies(
              delivery -> {
                assertThat(delivery.outcome()).isEqualTo(Outcome.TIMED_OUT);
                assertThat(delivery.latency())
                    .isBetween(Duration.ofMillis(190), Duration.ofSeconds(10));
              });
    }
  }

  @Test
  void countsAPortThatNobodyListensOnAsBroken() throws IOException {
    InetSocketAddress address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = (InetSocketAddress) free.getLocalSocketAddress();
    }

    assertThat(send(address, Duration.ofSeconds(30)))
        .extracting(Delivery::outcome)
        .containsExactly(Outcome.UNREACHABLE);
  }

  @Test
  void tellsAResetFromAServerThatClosesWithoutAWord() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> resetAfterGreeting(listener));

      assertThat(send((InetSocketAddress) listener.getLocalSocketAddress(), Duration.ofSeconds(30)))
          .singleElement()
          .satisfies(
              delivery -> {
                assertThat(delivery.outcome()).isEqualTo(Outcome.RESET);
                assertThat(delivery.stage()).isEqualTo(Stage.EHLO);
              });
    }
  }

  /** Closing with input unread, and without waiting, sends a reset. */
  private static void resetAfterGreeting(ServerSocket listener) {
    try (Socket client = listener.accept()) {
      client.getOutputStream().write("220 mx.example.test\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().read();
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Delivery> send(InetSocketAddress server, Duration patience) {
    List<Delivery> deliveries = new ArrayList<>();
    new GoodClient(server, patience, greeting -> {})
        .send(MESSAGE, Phase.CALM, System.nanoTime(), Optional.empty(), deliveries::add);
    return deliveries;
  }
}
