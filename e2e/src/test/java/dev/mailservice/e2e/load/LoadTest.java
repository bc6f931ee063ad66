package dev.mailservice.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.flood.ArrivalPattern;
import dev.mailservice.e2e.load.ClientLedger.Verdict;
import dev.mailservice.e2e.load.LoadPlan.OpenModel;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoadTest {
  private static final String OK = "250 2.0.0 Ok";

  private final Ledger received = new Ledger(Instant.EPOCH);
  private final ClientLedger ledger = new ClientLedger();

  @ParameterizedTest
  @CsvSource({
    "ONE_MESSAGE_EACH, 1, 600",
    "ONE_MESSAGE_EACH, 20, 2000",
    "KEPT, 1, 2000",
    "KEPT, 20, 200000"
  })
  void everyMessageOfASoundServerIsAcknowledgedAndReceivedOnce(
      Sessions sessions, int clients, int size) throws Exception {
    LoadResult result;
    try (SinkServer sink = SinkServer.start(anyPort(), "sink.example.test", received)) {
      result = Load.run(closed(sink.address(), clients, sessions, size), "run", ledger);
    }

    Verdict verdict = verdict();
    assertThat(verdict.flawless()).as(verdict.toString()).isTrue();
    assertThat(verdict.offered()).isPositive().isEqualTo(result.offered());
    assertThat(result.acknowledged()).isEqualTo(verdict.acknowledged());
    assertThat(result.delayMicros().getTotalCount()).isEqualTo(verdict.acknowledged());
    boolean kept = sessions == Sessions.KEPT;
    assertThat(result.bannerMicros().getTotalCount())
        .isEqualTo(kept ? clients : verdict.acknowledged());
  }

  @Test
  void anOpenModelOffersWhatItsArrivalsSay() throws Exception {
    try (SinkServer sink = SinkServer.start(anyPort(), "sink.example.test", received)) {
      Load.run(open(sink.address(), 100), "run", ledger);
    }

    // The first comes after a hundredth of a second, the one at the end of the time no more.
    assertThat(verdict().offered()).isEqualTo(199);
    assertThat(verdict().flawless()).isTrue();
  }

  /** Of 100 messages a second, 50 are due in the first half of a second's stall. */
  @Test
  void aStallDelaysAllMessagesThatWereDueWhileItLasted() throws Exception {
    LoadResult result;
    try (FaultyServer server = new FaultyServer(stallsOnce(5))) {
      result = Load.run(open(server.address(), 100), "run", ledger);
    }

    long late = late(result, Duration.ofMillis(500));
    assertThat(late).as("messages that were half a second late").isGreaterThanOrEqualTo(48);
    assertThat(verdict().flawless()).isTrue();
  }

  /** What is wrong with a closed model: while a server stalls, nobody asks. */
  @Test
  void inAClosedModelAStallIsOneLateMessageForEachClient() throws Exception {
    LoadResult result;
    try (FaultyServer server = new FaultyServer(stallsOnce(0))) {
      result = Load.run(closed(server.address(), 1, Sessions.KEPT, 600), "run", ledger);
    }

    assertThat(result.offered()).isEqualTo(1);
    assertThat(late(result, Duration.ofMillis(990))).isEqualTo(1);
  }

  private FaultyServer.Fault stallsOnce(long atMessage) {
    var everybody = new ReentrantLock();
    return (id, number) -> {
      everybody.lock();
      try {
        if (number == atMessage) {
          TimeUnit.SECONDS.sleep(1);
        }
        received.record(id);
        return OK;
      } finally {
        everybody.unlock();
      }
    };
  }

  private static long late(LoadResult result, Duration delay) {
    return result
        .delayMicros()
        .getCountBetweenValues(TimeUnit.NANOSECONDS.toMicros(delay.toNanos()), Integer.MAX_VALUE);
  }

  @Test
  void aServerThatAcknowledgesAndDropsIsFoundOut() throws Exception {
    try (FaultyServer server =
        new FaultyServer(
            (id, number) -> {
              if (number % 10 != 3) {
                received.record(id);
              }
              return OK;
            })) {
      Load.run(open(server.address(), 100), "run", ledger);
    }

    Verdict verdict = verdict();
    assertThat(verdict.acknowledged()).isEqualTo(199);
    assertThat(verdict.acknowledgedAndLost())
        .hasSize(20)
        .allMatch(it -> it.matches("0*\\d*3\\.run@load\\.example\\.net"));
    assertThat(verdict.flawless()).isFalse();
  }

  @Test
  void aServerThatDeliversTwiceIsFoundOut() throws Exception {
    try (FaultyServer server =
        new FaultyServer(
            (id, number) -> {
              received.record(id);
              if (number % 10 == 3) {
                received.record(id);
              }
              return OK;
            })) {
      Load.run(open(server.address(), 100), "run", ledger);
    }

    assertThat(verdict().duplicates()).isEqualTo(20);
    assertThat(verdict().acknowledgedAndLost()).isEmpty();
    assertThat(verdict().flawless()).isFalse();
  }

  @Test
  void whatIsRefusedOrLeftWithoutAnAnswerIsNotLost() throws Exception {
    try (FaultyServer server =
        new FaultyServer(
            (id, number) -> {
              boolean refused = number % 10 == 3;
              boolean left = number % 10 == 4;
              if (left) {
                received.record(id);
              }
              return left ? "" : refused ? "451 4.3.0 try again" : taken(id);
            })) {
      Load.run(open(server.address(), 100), "run", ledger);
    }

    Verdict verdict = verdict();
    assertThat(verdict.acknowledged()).isEqualTo(159);
    assertThat(verdict.refusals()).isEqualTo(Map.of("451 4.3.0 try again", 20));
    assertThat(verdict.breaks().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
    assertThat(verdict.receivedThoughUnanswered()).isEqualTo(20);
    assertThat(verdict.acknowledgedAndLost()).isEmpty();
    assertThat(verdict.flawless()).isFalse();
  }

  private String taken(String id) {
    received.record(id);
    return OK;
  }

  @Test
  void whatNobodyHasOfferedIsAStranger() {
    received.record("who@example.net");
    received.record("");

    assertThat(verdict().strangers()).isEqualTo(2);
    assertThat(verdict().flawless()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Sessions.class)
  void aServerThatNeverAnswersIsLeftWhenPatienceEnds(Sessions sessions) throws Exception {
    try (var backlogOnly = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var plan =
          new LoadPlan(
              (InetSocketAddress) backlogOnly.getLocalSocketAddress(),
              2,
              sessions,
              600,
              Duration.ofMillis(200),
              Optional.empty(),
              Optional.empty(),
              Duration.ofMillis(10));
      LoadResult result = Load.run(plan, "run", ledger);

      // A client that comes too late for its time has nothing to send.
      assertThat(verdict().offered()).isEqualTo(result.offered()).isLessThanOrEqualTo(2);
      assertThat(result.acknowledged()).isZero();
    }
  }

  private Verdict verdict() {
    return ledger.verdict(received.snapshot());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static LoadPlan closed(InetSocketAddress target, int clients, Sessions sessions, int size)
      throws IOException {
    return new LoadPlan(
        target,
        clients,
        sessions,
        size,
        Duration.ofSeconds(1),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(60));
  }

  private static LoadPlan open(InetSocketAddress target, double perSecond) {
    return new LoadPlan(
        target,
        10,
        Sessions.KEPT,
        600,
        Duration.ofSeconds(2),
        Optional.of(new OpenModel(perSecond, ArrivalPattern.EVEN, 1)),
        Optional.empty(),
        Duration.ofSeconds(60));
  }
}
