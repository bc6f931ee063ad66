package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.report.Curve;
import dev.mailservice.e2e.bench.report.Figures;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.side.Side;
import dev.mailservice.e2e.flood.ArrivalPattern;
import dev.mailservice.e2e.load.LoadPlan.OpenModel;
import dev.mailservice.e2e.load.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Measures both sides in turn, case by case, while both run. */
final class Comparison {
  /** Of the messages a second that the slower side takes in the closed model. */
  private static final double OPEN_SHARE = 0.7;

  private static final double CPU_FLOOR = 2;
  private static final double SPEED_FLOOR = 1;
  private static final double DELAY_FLOOR = 0.5;

  private static final int WARM_UP = -1;

  private final BenchPlan plan;
  private final Pacing pacing;
  private final Measurement measurement;
  private final Side ours;
  private final Side postfix;
  private final int turns;

  /** Whether TLS was spoken, and whether it was not: each is code of its own to warm up. */
  private final Set<Boolean> warmedUp = new HashSet<>();

  private final List<String> alone = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<SingleRun> runs = new ArrayList<>();
  private final List<Curve> curves = new ArrayList<>();

  Comparison(BenchPlan plan, Pacing pacing, Measurement measurement, Side ours, Side postfix) {
    this.plan = plan;
    this.pacing = pacing;
    this.measurement = measurement;
    this.ours = ours;
    this.postfix = postfix;
    this.turns = plan.runs(4, 5);
  }

  /** Adds what there is to say of a case. */
  void compare(Case load) throws IOException, InterruptedException {
    if (warmedUp.add(load.tls())) {
      for (Sessions sessions : Sessions.values()) {
        warmUp(
            new Case(2, 20, sessions, load.tls()),
            pacing.first().dividedBy(Sessions.values().length));
      }
    }
    warmUp(load, pacing.warmUp());
    if (!load.tls()) {
      alone.add(measurement.alone(load, pacing.warmUp()));
    }
    List<SingleRun> closed = inTurn(load, Optional.empty());
    double slower =
        Math.min(
            Figures.median(of(closed, ours, SingleRun::messagesPerSecond)),
            Figures.median(of(closed, postfix, SingleRun::messagesPerSecond)));
    List<SingleRun> open =
        inTurn(
            load,
            Optional.of(new OpenModel(OPEN_SHARE * slower, ArrivalPattern.POISSON, plan.seed())));
    curves.add(DelayCurve.of(load, ours, postfix, open));
    row(
        load,
        "messages per CPU second",
        closed,
        SingleRun::messagesPerCpuSecond,
        Floor.atLeastTimes(CPU_FLOOR));
    row(
        load,
        "messages per second",
        closed,
        SingleRun::messagesPerSecond,
        Floor.atLeastTimes(SPEED_FLOOR));
    row(load, "ms p99, same arrivals", open, Comparison::p99Millis, Floor.atMostTimes(DELAY_FLOOR));
    row(load, "ms p99, full speed", closed, Comparison::p99Millis, null);
    row(load, "µs CPU per message, tool", closed, SingleRun::toolMicrosPerMessage, null);
  }

  private void warmUp(Case load, Duration time) throws IOException, InterruptedException {
    for (Side side : List.of(ours, postfix)) {
      measurement.run(load, side, WARM_UP, time, Optional.empty());
    }
  }

  private List<SingleRun> inTurn(Case load, Optional<OpenModel> arrivals)
      throws IOException, InterruptedException {
    var measured = new ArrayList<SingleRun>();
    for (int turn = 0; turn < turns; turn++) {
      for (Side side : turn % 2 == 0 ? List.of(ours, postfix) : List.of(postfix, ours)) {
        SingleRun run = measurement.run(load, side, turn, pacing.measured(), arrivals);
        measured.add(run);
        plan.progress().accept("  " + run.words());
      }
    }
    runs.addAll(measured);
    return measured;
  }

  private void row(
      Case load,
      String unit,
      List<SingleRun> measured,
      ToDoubleFunction<SingleRun> figure,
      @Nullable Floor floor) {
    rows.add(
        Row.of(
            load.words(),
            unit,
            of(measured, ours, figure),
            of(measured, postfix, figure),
            // With TLS it is the handshake that is measured.
            load.tls() ? null : floor));
  }

  private static List<Double> of(
      List<SingleRun> measured, Side side, ToDoubleFunction<SingleRun> figure) {
    return measured.stream()
        .filter(it -> it.side().equals(side.name()))
        .map(figure::applyAsDouble)
        .toList();
  }

  private static double p99Millis(SingleRun run) {
    return 1000 * run.delay().p99S();
  }

  /** Under which conditions all this was measured. */
  List<String> conditions(String mainCf) {
    var conditions = new ArrayList<String>();
    conditions.add("main.cf of both: " + String.join("; ", mainCf.lines().toList()));
    conditions.add(
        "Ours is started by smtpd-image/smtpd, with -o stress= as Postfix never says stress to a"
            + " service of loopback. Postfix is master with smtpd, trivial-rewrite,"
            + " proxymap, anvil, tlsmgr and postlogd, without chroot. Both log to a file.");
    conditions.add(
        String.format(
            Locale.ROOT,
            "Both run all the time and are loaded in turn, %d times for %.1f s each, after a load"
                + " of %.1f s by 20 clients before the first case without TLS and the first with it,"
                + " and of %.1f s before each, of which nothing is kept.",
            turns,
            seconds(pacing.measured()),
            seconds(pacing.first()),
            seconds(pacing.warmUp())));
    conditions.add(
        "Clients say MAIL, RCPT and DATA in one packet. With TLS each session has a full"
            + " handshake.");
    conditions.add(
        "Per CPU second: user and system time of all of a server's processes, those that have ended"
            + " included; the load generator's and the sink's is the tool's.");
    conditions.add(
        String.format(
            Locale.ROOT,
            "Delay: from the moment at which a message was meant to begin, connecting included, to"
                + " the reply to its final dot. Same arrivals (this is what the floor is about):"
                + " Poisson, at %.0f %% of the rate of the slower side at full speed, seed %d. Full"
                + " speed: each client sends its next message at once, so that the faster side"
                + " bears more.",
            100 * OPEN_SHARE,
            plan.seed()));
    conditions.add(
        "Each message was acknowledged and reached the sink exactly once, or there would be no"
            + " figures.");
    alone.forEach(it -> conditions.add("The tool alone, without a server: " + it));
    return conditions;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** What was found out. */
  List<Row> rows() {
    return rows;
  }

  /** The delays of each case. */
  List<Curve> curves() {
    return curves;
  }

  /** The data of each run that counts. */
  List<SingleRun> runs() {
    return runs;
  }
}
