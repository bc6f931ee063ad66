package dev.mailservice.e2e.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Ledger ledger = new Ledger(Instant.parse("2026-01-02T03:04:05Z"));
  private SinkServer server;

  @BeforeEach
  void start() throws IOException {
    server = SinkServer.start(ANY_PORT, "sink.example.test", ledger);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void answersEverythingThatAPipeliningClientSendsAtOnce() throws IOException {
    String answers =
        say(
            """
            EHLO smtpd
            MAIL FROM:<>
            RCPT TO:<user@example.test>
            DATA
            Message-ID: <piped@example.net>

            .
            QUIT
            """);

    assertThat(answers)
        .contains("\r\n354 ", "\r\n250 2.0.0 Ok: queued\r\n")
        .endsWith("221 2.0.0 Bye\r\n");
    assertThat(ledger.snapshot().messages()).isEqualTo(Map.of("piped@example.net", 1));
  }

  @Test
  void refusesALineWithoutEnd() throws IOException {
    assertThat(say("x".repeat(70_000) + "\n")).endsWith(SinkSession.LINE_TOO_LONG);
  }

  @Test
  void givesTheLedgerOverHttp() throws IOException, InterruptedException {
    ledger.record("one@example.net");
    ledger.record("");
    try (LedgerEndpoint endpoint = LedgerEndpoint.start(ANY_PORT, ledger);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + endpoint.address().getPort() + "/ledger");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Json.mapper().readValue(answer.body(), Ledger.Snapshot.class))
          .isEqualTo(
              new Ledger.Snapshot(
                  Instant.parse("2026-01-02T03:04:05Z"), 1, Map.of("one@example.net", 1)));
      HttpRequest post =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
      assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(405);
    }
  }

  private String say(String lines) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server.address());
      socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
