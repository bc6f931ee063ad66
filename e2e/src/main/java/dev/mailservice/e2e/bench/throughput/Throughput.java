package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.Figures;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.side.OurServer;
import dev.mailservice.e2e.bench.side.PostfixServer;
import dev.mailservice.e2e.bench.side.Side;
import dev.mailservice.e2e.bench.side.TlsFiles;
import dev.mailservice.e2e.flood.ArrivalPattern;
import dev.mailservice.e2e.load.LoadPlan.OpenModel;
import dev.mailservice.e2e.load.Sessions;
import dev.mailservice.e2e.load.TrustingTls;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import dev.mailservice.e2e.smtp.AddressAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many messages both servers take, what that costs them, and how long a message takes; beside
 * each other, in front of the same sink.
 */
public final class Throughput implements Section {
  /** Of the slower side's messages a second in the closed model. */
  private static final double OPEN_SHARE = 0.7;

  private static final double CPU_FLOOR = 2;
  private static final double SPEED_FLOOR = 1;
  private static final double DELAY_FLOOR = 0.5;

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String description() {
    return "messages a second, per CPU second of the server, and their delay";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    var ledger = new Ledger(Clock.systemUTC().instant());
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SinkServer sink = SinkServer.start(loopback, "sink.example.test", ledger);
        TlsFiles tls = TlsFiles.create()) {
      String mainCf = mainCf(sink.address(), tls.chain());
      try (Side ours = OurServer.start(plan.project(), mainCf);
          Side postfix = PostfixServer.start(plan.project(), mainCf)) {
        var measurement = new Measurement(ledger, TrustingTls.context());
        return new Comparison(plan, measurement, ours, postfix).report(mainCf);
      }
    } catch (GeneralSecurityException noTls) {
      throw new IOException(noTls);
    }
  }

  /** What both sides are given; each adds only where its folders are. */
  static String mainCf(InetSocketAddress nextHop, Path chain) {
    return """
        compatibility_level = 3.6
        myhostname = mx.example.test
        mydestination = example.test
        local_recipient_maps =
        alias_maps =
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_peername_lookup = no
        inet_protocols = ipv4
        default_process_limit = 150
        smtpd_proxy_filter = %s
        smtpd_tls_security_level = may
        smtpd_tls_chain_files = %s
        """
        .formatted(AddressAndPort.format(nextHop), chain);
  }

  static List<Case> cases(boolean quick) {
    if (quick) {
      return List.of(
          new Case(2, 20, Sessions.ONE_MESSAGE_EACH, false),
          new Case(2, 20, Sessions.KEPT, false),
          new Case(200, 20, Sessions.ONE_MESSAGE_EACH, false),
          new Case(2, 20, Sessions.ONE_MESSAGE_EACH, true));
    }
    var cases = new ArrayList<Case>();
    for (boolean tls : List.of(false, true)) {
      for (int size : List.of(2, 200)) {
        for (Sessions sessions : Sessions.values()) {
          for (int clients : List.of(1, 20, 100)) {
            // With kept sessions TLS is a handshake at the beginning, and no longer a message's.
            if (!tls || sessions == Sessions.ONE_MESSAGE_EACH) {
              cases.add(new Case(size, clients, sessions, tls));
            }
          }
        }
      }
    }
    return cases;
  }

  /** Both sides while they run. */
  private static final class Comparison {
    private final BenchPlan plan;
    private final Measurement measurement;
    private final Side ours;
    private final Side postfix;
    private final int runs;
    private final Duration duration;
    private final Duration warmUp;
    private final List<Row> rows = new ArrayList<>();
    private final List<SingleRun> all = new ArrayList<>();

    Comparison(BenchPlan plan, Measurement measurement, Side ours, Side postfix) {
      this.plan = plan;
      this.measurement = measurement;
      this.ours = ours;
      this.postfix = postfix;
      this.runs = plan.runs(2, 3);
      this.duration = Duration.ofSeconds(plan.quick() ? 2 : 3);
      this.warmUp = Duration.ofSeconds(plan.quick() ? 2 : 1);
    }

    SectionReport report(String mainCf) throws IOException, InterruptedException {
      for (Case load : cases(plan.quick())) {
        compare(load);
      }
      return new SectionReport(
          "throughput", new Throughput().description(), List.of(mainCf), rows, List.of(), all);
    }

    private void compare(Case load) throws IOException, InterruptedException {
      for (Side side : List.of(ours, postfix)) {
        measurement.run(load, side, -1, warmUp, Optional.empty());
      }
      List<SingleRun> closed = inTurn(load, Optional.empty());
      double slower =
          Math.min(
              Figures.median(of(closed, ours, SingleRun::messagesPerSecond)),
              Figures.median(of(closed, postfix, SingleRun::messagesPerSecond)));
      var open = new OpenModel(OPEN_SHARE * slower, ArrivalPattern.POISSON, plan.seed());
      List<SingleRun> paced = inTurn(load, Optional.of(open));
      boolean judged = !load.tls();
      row(
          load,
          "msg/CPU s",
          closed,
          SingleRun::messagesPerCpuSecond,
          judged ? Floor.atLeastTimes(CPU_FLOOR) : null);
      row(
          load,
          "msg/s",
          closed,
          SingleRun::messagesPerSecond,
          judged ? Floor.atLeastTimes(SPEED_FLOOR) : null);
      row(load, "ms p99, closed", closed, it -> 1000 * it.delay().p99S(), null);
      row(
          load,
          "ms p99, open",
          paced,
          it -> 1000 * it.delay().p99S(),
          judged ? Floor.atMostTimes(DELAY_FLOOR) : null);
      row(load, "us CPU/msg, tool", closed, SingleRun::toolMicrosPerMessage, null);
    }

    private List<SingleRun> inTurn(Case load, Optional<OpenModel> arrivals)
        throws IOException, InterruptedException {
      var measured = new ArrayList<SingleRun>();
      for (int run = 0; run < runs; run++) {
        List<Side> order = run % 2 == 0 ? List.of(ours, postfix) : List.of(postfix, ours);
        for (Side side : order) {
          SingleRun single = measurement.run(load, side, run, duration, arrivals);
          measured.add(single);
          plan.progress()
              .accept(
                  "  %s, %s: %.0f messages a second, %.0f a CPU second, p99 %.1f ms"
                      .formatted(
                          load.words(),
                          side.name(),
                          single.messagesPerSecond(),
                          single.messagesPerCpuSecond(),
                          1000 * single.delay().p99S()));
        }
      }
      all.addAll(measured);
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
              floor));
    }

    private static List<Double> of(
        List<SingleRun> measured, Side side, ToDoubleFunction<SingleRun> figure) {
      return Stream.of(measured)
          .flatMap(List::stream)
          .filter(it -> it.side().equals(side.name()))
          .map(figure::applyAsDouble)
          .toList();
    }
  }
}
