package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.bench.report.Curve;
import dev.mailservice.e2e.bench.report.Curve.Line;
import dev.mailservice.e2e.bench.report.Curve.Point;
import dev.mailservice.e2e.bench.side.Side;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The delays of a case by percentile, those of all runs in one. */
final class DelayCurve {
  /** Up to 99.9 %, in tenths of a nine. */
  private static final int TENTHS = 30;

  private DelayCurve() {}

  /**
   * Draws both sides.
   *
   * @param runs of both, under the same arrivals
   */
  static Curve of(Case load, Side ours, Side postfix, List<SingleRun> runs) {
    return new Curve(
        "Delay at the same arrivals: " + load.words(),
        "percentile, in nines: 1 is 90 %, 2 is 99 %, 3 is 99.9 %",
        "ms",
        List.of(
            new Line(Curve.Side.OURS, "this server", points(ours, runs)),
            new Line(Curve.Side.POSTFIX, "Postfix", points(postfix, runs))));
  }

  private static List<Point> points(Side side, List<SingleRun> runs) {
    var micros = new Histogram(3);
    runs.stream()
        .filter(it -> it.side().equals(side.name()))
        .forEach(it -> micros.add(it.delays()));
    return IntStream.rangeClosed(0, TENTHS)
        .mapToDouble(tenth -> tenth / 10.0)
        .mapToObj(
            nines ->
                new Point(
                    nines, micros.getValueAtPercentile(100 * (1 - Math.pow(10, -nines))) / 1000.0))
        .toList();
  }
}
