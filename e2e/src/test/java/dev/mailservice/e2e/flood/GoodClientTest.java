package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.Transcript;
import dev.mailservice.e2e.smtp.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
                  assertThat(delivery.outcome() + " " + delivery.code())
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
        .containsExactly(Outcome.BROKEN);
  }

  private static List<Delivery> send(InetSocketAddress server, Duration patience) {
    List<Delivery> deliveries = new ArrayList<>();
    new GoodClient(server, patience, greeting -> {})
        .send(MESSAGE, Phase.CALM, System.nanoTime(), Optional.empty(), deliveries::add);
    return deliveries;
  }
}
