package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloodTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final Ledger ledger = new Ledger(START);
  private final List<FloodEvent> events = new CopyOnWriteArrayList<>();
  private SinkServer server;

  @BeforeEach
  void startServer() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = SinkServer.start(anyPort, "sink.example.test", ledger);
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(HogKind.class)
  void aServerWithRoomForAllTakesEveryGoodMail(HogKind kind) throws InterruptedException {
    FloodEvent.Summary summary = flood(plan(kind, 20, Duration.ofMillis(1500)), events::add).run();

    assertThat(summary.total().offered()).isPositive();
    assertThat(summary.total().accepted()).isEqualTo(summary.total().offered());
    assertThat(ledger.snapshot().messages())
        .hasSize((int) summary.total().offered())
        .containsOnlyKeys(
            events.stream()
                .filter(FloodEvent.Mail.class::isInstance)
                .map(event -> ((FloodEvent.Mail) event).delivery().messageId())
                .toList());
    assertThat(events.getLast()).isEqualTo(summary);
  }

  @Test
  void hogsHoldTheirSessionsUntilTheFloodEnds() throws InterruptedException {
    flood(plan(HogKind.IDLE, 20, Duration.ofMillis(2500)), events::add).run();

    assertThat(events)
        .filteredOn(FloodEvent.Second.class::isInstance)
        .extracting(event -> ((FloodEvent.Second) event).hogsHolding())
        .contains(20);
    assertThat(events)
        .filteredOn(event -> !(event instanceof FloodEvent.Mail))
        .filteredOn(event -> !(event instanceof FloodEvent.Second))
        .extracting(event -> (Object) event.getClass())
        .containsExactly(
            FloodEvent.Started.class,
            FloodEvent.Onset.class,
            FloodEvent.StressedBanner.class,
            FloodEvent.FloodEnded.class,
            FloodEvent.Summary.class);
  }

  @Test
  void goodMailBelongsToThePhaseInWhichItWasMeantToBeSent() throws InterruptedException {
    FloodEvent.Summary summary =
        flood(plan(HogKind.IDLE, 1, Duration.ofMillis(500)), events::add).run();

    // 50 a second, evenly: 0.5 s of calm (the mail at 0.5 s is the flood's first), 0.5 s each.
    assertThat(summary.calm().offered()).isEqualTo(24);
    assertThat(summary.flood().offered()).isEqualTo(25);
    assertThat(summary.after().offered()).isEqualTo(25);
  }

  @Test
  void endsEarlyWhenToldToAndStillSumsUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Flood flood =
        flood(
            plan(HogKind.IDLE, 5, Duration.ofDays(1)),
            event -> {
              events.add(event);
              if (event instanceof FloodEvent.Mail) {
                begun.countDown();
              }
            });
    CompletableFuture<FloodEvent.Summary> summary =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return flood.run();
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });

    begun.await();
    flood.stop();

    assertThat(summary.get().total().accepted()).isPositive();
  }

  @Test
  void everyEventCanBeReadBackFromItsJson() throws InterruptedException {
    flood(plan(HogKind.IDLE, 3, Duration.ofMillis(1200)), events::add).run();
    events.add(new FloodEvent.Notice(START, "a notice"));
    StringWriter json = new StringWriter();
    JsonReport report = new JsonReport(new PrintWriter(json));

    events.forEach(report);

    assertThat(json.toString().lines().map(JsonReport::parse)).isEqualTo(events);
  }

  @Test
  void aPersonGetsALineASecondAndASummary() throws InterruptedException {
    StringWriter text = new StringWriter();
    flood(plan(HogKind.IDLE, 3, Duration.ofMillis(1200)), new TextReport(new PrintWriter(text)))
        .run();

    assertThat(text.toString())
        .contains("flood: 3 hogs (idle) against 127.0.0.1:")
        .contains("flood: the hogs come")
        .contains("flood: first stressed greeting: 220 sink.example.test ESMTP sink")
        .containsPattern("(?m)^ {5}1 {2}flood ")
        .contains("total  109 offered, 109 accepted (100.0 %), refused 0, 0 timed out, 0 broken");
  }

  private Flood flood(FloodPlan plan, java.util.function.Consumer<FloodEvent> listener) {
    return new Flood(plan, SourceAddresses.ofTheSystem(), START, listener);
  }

  private FloodPlan plan(HogKind kind, int hogs, Duration flood) {
    return new FloodPlan(
        server.address(),
        hogs,
        kind,
        50,
        ArrivalPattern.EVEN,
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        flood,
        Optional.of(Duration.ofMillis(500)),
        1,
        Optional.of(Pattern.compile("ESMTP sink")),
        "sender@example.net",
        "user@example.test",
        2000);
  }
}
