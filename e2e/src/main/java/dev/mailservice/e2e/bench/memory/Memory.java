package dev.mailservice.e2e.bench.memory;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.Curve;
import dev.mailservice.e2e.bench.report.Curve.Line;
import dev.mailservice.e2e.bench.report.Curve.Point;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.side.ControlGroup;
import dev.mailservice.e2e.bench.side.OurServer;
import dev.mailservice.e2e.bench.side.PostfixServer;
import dev.mailservice.e2e.bench.side.Side;
import dev.mailservice.e2e.bench.side.TlsFiles;
import dev.mailservice.e2e.load.TrustingTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.net.ssl.SSLContext;

/** What an idle session takes, by the slope of the memory over the number of sessions. */
public final class Memory implements Section {
  private static final long CONTAINER = 1L << 30;
  private static final double KILOBYTES = 1024;
  private static final double STRAIGHT = 0.99;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SETTLE_SECONDS = 3;

  /** Nobody sends mail here. */
  private static final InetSocketAddress NO_NEXT_HOP = new InetSocketAddress("127.0.0.1", 9);

  private final List<Sample> samples = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Curve> curves = new ArrayList<>();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "memory for each idle session, without and within TLS";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    try (TlsFiles files = TlsFiles.create()) {
      compare(plan, files, Optional.empty(), 20);
      compare(plan, files, Optional.of(TrustingTls.context()), 45);
    } catch (GeneralSecurityException noTls) {
      throw new IOException(noTls);
    }
    return new SectionReport(
        name(),
        description(),
        List.of(
            "Clients say EHLO, and STARTTLS and EHLO again within TLS, and then nothing.",
            "Ours runs by its launcher with the image's options in a control group of 1 GB, started"
                + " anew for each line; Postfix without a limit.",
            "Memory is the kernel's Pss, summed over all processes, 3 s after the last client came;"
                + " what a session takes is the slope of the line by the least squares.",
            "In the control group's figure is what the kernel keeps for the processes, too.",
            "Live heap is what is in use after a collection that was asked for when all points had"
                + " been measured, less that without a session."),
        rows,
        curves,
        samples);
  }

  private void compare(BenchPlan plan, TlsFiles files, Optional<SSLContext> tls, int floor)
      throws IOException, InterruptedException {
    List<Integer> counts =
        plan.quick() ? List.of(500, 1000, 1500, 2000) : List.of(1000, 2500, 5000, 7500, 10_000);
    int most = counts.getLast();
    var ours = new ArrayList<Sample>();
    double live;
    double pssAfter;
    try (ControlGroup group = ControlGroup.withLimit(CONTAINER);
        OurServer server =
            OurServer.start(
                plan.project(),
                group,
                IdleMainCf.text(NO_NEXT_HOP, most + 100, Optional.of(files.chain())),
                "-o",
                "stress=");
        var clients = new IdleClients(server.address(), tls, PATIENCE)) {
      var heap = new JavaHeap(server.processes().root());
      long before = heap.live();
      for (int count : counts) {
        clients.growTo(count);
        ours.add(sample(plan, server, tls.isPresent(), count, group.used()));
      }
      live = (heap.live() - before) / KILOBYTES / most;
      pssAfter =
          (server.processes().pssBytes() - ours.getFirst().pssBytes())
              / KILOBYTES
              / (most - counts.getFirst());
    }
    var postfix = new ArrayList<Sample>();
    try (PostfixServer server =
            PostfixServer.start(
                plan.project(), IdleMainCf.text(NO_NEXT_HOP, 110, Optional.of(files.chain())));
        var clients = new IdleClients(server.address(), tls, PATIENCE)) {
      for (int count : List.of(20, 40, 60, 80, 100)) {
        clients.growTo(count);
        postfix.add(sample(plan, server, tls.isPresent(), count, 0));
      }
    }
    String what = tls.isPresent() ? "idle session within TLS" : "idle session";
    StraightLine line = StraightLine.through(points(ours, Sample::pssMegabytes));
    StraightLine theirs = StraightLine.through(points(postfix, Sample::pssMegabytes));
    row(what, "KB", KILOBYTES * line.slope(), KILOBYTES * theirs.slope(), Floor.atMost(floor));
    row(what + ", straight line", "R²", line.fit(), Floor.atLeast(STRAIGHT));
    row(
        what + ", with the kernel's",
        "KB",
        KILOBYTES * StraightLine.through(points(ours, Sample::groupMegabytes)).slope());
    row(what + ", live heap", "KB", live);
    row(what + ", Pss after a collection", "KB", pssAfter);
    row("no session" + (tls.isPresent() ? ", TLS in use" : ""), "MB", line.intercept());
    curves.add(curve(what, ours, line));
    samples.addAll(ours);
    samples.addAll(postfix);
  }

  private static Sample sample(BenchPlan plan, Side side, boolean tls, int count, long group)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    var sample = new Sample(side.name(), tls, count, side.processes().pssBytes(), group);
    plan.progress()
        .accept("  %s, %d: %.1f MB".formatted(side.name(), count, sample.pssMegabytes()));
    return sample;
  }

  private static List<Point> points(List<Sample> samples, ToDoubleFunction<Sample> megabytes) {
    return samples.stream()
        .map(it -> new Point(it.sessions(), megabytes.applyAsDouble(it)))
        .toList();
  }

  private void row(String what, String unit, double ours, double postfix, Floor floor) {
    rows.add(Row.of(what, unit, List.of(ours), List.of(postfix), floor));
  }

  private void row(String what, String unit, double ours, Floor floor) {
    rows.add(Row.of(what, unit, List.of(ours), List.of(), floor));
  }

  private void row(String what, String unit, double ours) {
    rows.add(Row.of(what, unit, List.of(ours), List.of(), null));
  }

  private static Curve curve(String what, List<Sample> ours, StraightLine line) {
    double most = ours.getLast().sessions();
    return new Curve(
        "Memory of this server, " + what,
        "idle sessions",
        "MB (Pss)",
        List.of(
            new Line(Curve.Side.OURS, "measured", points(ours, Sample::pssMegabytes)),
            new Line(
                Curve.Side.REFERENCE,
                "straight line",
                List.of(new Point(0, line.at(0)), new Point(most, line.at(most))))));
  }
}
