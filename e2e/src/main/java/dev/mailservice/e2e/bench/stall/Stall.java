package dev.mailservice.e2e.bench.stall;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.memory.IdleClients;
import dev.mailservice.e2e.bench.memory.IdleMainCf;
import dev.mailservice.e2e.bench.report.Figures;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.side.Jcmd;
import dev.mailservice.e2e.bench.side.OurServer;
import dev.mailservice.e2e.flood.ArrivalPattern;
import dev.mailservice.e2e.load.ClientLedger;
import dev.mailservice.e2e.load.ClientLedger.Verdict;
import dev.mailservice.e2e.load.Load;
import dev.mailservice.e2e.load.LoadPlan;
import dev.mailservice.e2e.load.LoadPlan.OpenModel;
import dev.mailservice.e2e.load.LoadResult;
import dev.mailservice.e2e.load.Sessions;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long the Java virtual machine stops under load by its own account, and how long clients wait
 * for a banner by theirs.
 */
public final class Stall implements Section {
  private static final int IDLE_SESSIONS = 1000;
  private static final int CLIENTS = 100;
  private static final int PROCESS_LIMIT = 1200;
  private static final double PER_SECOND = 200;
  private static final int MESSAGE_SIZE = 2000;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STRETCH = Duration.ofMillis(100);
  private static final Floor FLOOR = Floor.atMost(50);

  private final Clock clock = Clock.systemUTC();

  @Override
  public String name() {
    return "stall";
  }

  @Override
  public String description() {
    return "how long Java stops under load, beside the time clients wait for a banner";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    var duration = Duration.ofSeconds(plan.quick() ? 8 : 30);
    var together = new Together();
    var ledger = new Ledger(clock.instant());
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SinkServer sink = SinkServer.start(loopback, "sink.example.test", ledger)) {
      for (int run = 0; run < plan.runs(1, 3); run++) {
        together.add(turn(plan, run, duration, sink.address(), ledger));
      }
    }
    return new SectionReport(
        name(), description(), conditions(duration), rows(together), List.of(), together.runs);
  }

  /** What all turns have come to, in one: what is promised is promised of each. */
  private static final class Together {
    private FlightRecording load = empty();
    private FlightRecording all = empty();
    private FlightRecording warmUp = empty();
    private final Histogram banners = new Histogram(3);
    private final Histogram listenerBanners = new Histogram(3);
    private final List<SingleRun> runs = new ArrayList<>();

    void add(Turn turn) {
      FlightRecording during = turn.recording.between(turn.begin, turn.end);
      FlightRecording before = turn.recording.between(turn.serving, turn.begin);
      load = load.and(during);
      all = all.and(turn.recording);
      warmUp = warmUp.and(before);
      banners.add(turn.load.bannerMicros());
      listenerBanners.add(turn.listener.bannerMicros());
      runs.add(
          new SingleRun(
              runs.size(),
              turn.load.acknowledged(),
              during.safepoints().millis(),
              during.reaching().millis(),
              during.collections().millis(),
              during.classLoads().millis(),
              before.safepoints().millis(),
              before.classLoads().millis(),
              Banners.of(turn.load.bannerMicros()),
              Banners.of(turn.listener.bannerMicros())));
    }

    private static FlightRecording empty() {
      var none = new Stops(List.of());
      return new FlightRecording(none, none, none, none);
    }
  }

  /**
   * One server's recording.
   *
   * @param serving since when it served
   * @param begin of the load
   * @param end of the load
   * @param load what clients saw of it
   * @param listener what they saw of the listener in their own process
   */
  private record Turn(
      FlightRecording recording,
      Instant serving,
      Instant begin,
      Instant end,
      LoadResult load,
      LoadResult listener) {}

  private Turn turn(
      BenchPlan plan, int run, Duration duration, InetSocketAddress sink, Ledger ledger)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("stall", ".jfr");
    try (OurServer server =
            OurServer.start(
                plan.project(),
                List.of("-XX:MaxRAM=512m", FlightRecording.javaOption()),
                IdleMainCf.text(sink, PROCESS_LIMIT, Optional.empty()),
                "-o",
                "stress=");
        var idle = new IdleClients(server.address(), Optional.empty(), PATIENCE)) {
      Instant serving = clock.instant();
      idle.growTo(IDLE_SESSIONS);
      send(plan, "w" + run, server.address(), WARM_UP, ledger);
      Instant begin = clock.instant();
      LoadResult load = send(plan, "s" + run, server.address(), duration, ledger);
      Instant end = clock.instant();
      new Jcmd(server.processes().root())
          .ask("JFR.dump", "name=" + FlightRecording.NAME, "filename=" + file);
      LoadResult listener = send(plan, "l" + run, sink, duration, ledger);
      var turn = new Turn(FlightRecording.read(file), serving, begin, end, load, listener);
      plan.progress().accept("  turn %d: %s".formatted(run, Banners.of(load.bannerMicros())));
      return turn;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static LoadResult send(
      BenchPlan plan, String name, InetSocketAddress target, Duration duration, Ledger sink)
      throws IOException, InterruptedException {
    sink.clear();
    var clients = new ClientLedger();
    var load =
        new LoadPlan(
            target,
            CLIENTS,
            Sessions.ONE_MESSAGE_EACH,
            MESSAGE_SIZE,
            duration,
            Optional.of(new OpenModel(PER_SECOND, ArrivalPattern.POISSON, plan.seed())),
            Optional.empty(),
            PATIENCE);
    LoadResult result =
        Load.run(load, "%d%s".formatted(ProcessHandle.current().pid(), name), clients);
    Verdict verdict = clients.verdict(sink.snapshot());
    if (!verdict.flawless()) {
      throw new IOException("nothing to be timed: " + verdict);
    }
    return result;
  }

  private static List<String> conditions(Duration duration) {
    return List.of(
        "Under %d idle sessions and %.0f messages a second of 2 KB (Poisson), a session each, for"
                .formatted(IDLE_SESSIONS, PER_SECOND)
            + " %d s after %d s of the same that do not count; all turns, each with a new server,"
                .formatted(duration.toSeconds(), WARM_UP.toSeconds())
            + " are taken together. The warm-up begins when the server serves, before the first"
            + " idle session.",
        "Ours runs by its launcher with the image's options and 512 MB (-XX:MaxRAM), recorded by the"
            + " JDK's Flight Recorder, which the image's Java has not: without the image's AOT"
            + " cache.",
        "A stop is a safepoint, in which no thread goes on, whatever it is for, from the asking to"
            + " the going on. On a machine that has other work, waiting for a core is within it.",
        "The loading of a class holds up the one thread that needs it.",
        "The time to the banner counts from the moment at which the message was meant to be sent."
            + " It has no floor, as the client's own waiting for a core is in it: the same load on"
            + " a listener in the client's own process, with no server, stands beside it.");
  }

  private static List<Row> rows(Together together) {
    Stops stops = together.load.safepoints();
    var rows = new ArrayList<Row>();
    // Nothing recorded would be a recorder that did not run, and no proof of anything.
    boolean recorded = !stops.all().isEmpty();
    rows.add(row("longest stop", "ms", recorded, Stops.millis(stops.longest()), FLOOR));
    rows.add(
        row(
            "most that was stopped in any %d ms".formatted(STRETCH.toMillis()),
            "ms",
            recorded,
            Stops.millis(stops.mostWithin(STRETCH)),
            FLOOR));
    rows.add(
        row(
            "longest loading of a class",
            "ms",
            !together.all.classLoads().all().isEmpty(),
            Stops.millis(together.load.classLoads().longest()),
            FLOOR));
    rows.add(row("median stop", "ms", recorded, recorded ? median(stops) : 0, null));
    rows.add(row("stops", "number", recorded, stops.all().size(), null));
    rows.add(row("all stops together", "ms", recorded, Stops.millis(stops.total()), null));
    rows.add(
        row(
            "longest wait for the last thread to stop",
            "ms",
            recorded,
            Stops.millis(together.load.reaching().longest()),
            null));
    Stops collections = together.load.collections();
    rows.add(row("garbage collections", "number", recorded, collections.all().size(), null));
    rows.add(
        row(
            "longest garbage collection",
            "ms",
            recorded,
            Stops.millis(collections.longest()),
            null));
    rows.add(
        row(
            "longest stop in the warm-up",
            "ms",
            recorded,
            Stops.millis(together.warmUp.safepoints().longest()),
            null));
    rows.add(
        row(
            "longest loading of a class in it",
            "ms",
            recorded,
            Stops.millis(together.warmUp.classLoads().longest()),
            null));
    banners(rows, "time to banner", Banners.of(together.banners));
    banners(rows, "the same of a bare listener", Banners.of(together.listenerBanners));
    return rows;
  }

  private static double median(Stops stops) {
    return Figures.median(stops.millis());
  }

  private static void banners(List<Row> rows, String what, Banners banners) {
    rows.add(row(what + ", p50", "ms", true, banners.p50(), null));
    rows.add(row(what + ", p99", "ms", true, banners.p99(), null));
    rows.add(row(what + ", p99.9", "ms", true, banners.p999(), null));
    rows.add(row(what + ", max", "ms", true, banners.max(), null));
  }

  private static Row row(
      String what, String unit, boolean known, double value, @Nullable Floor floor) {
    return Row.of(what, unit, List.of(known ? value : Double.NaN), List.of(), floor);
  }
}
