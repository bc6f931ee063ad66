package dev.mailservice.e2e.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a gauge stayed flat: its slope over the connections served, and two standard errors more,
 * is less than a connection may leave. So a run that is too short or too noisy to show that nothing
 * leaks is not flat either.
 *
 * @param gauge which
 * @param first its first value behind the warm-up
 * @param last its last
 * @param perConnection its slope
 * @param perHour the same by the clock
 */
public record Verdict(Gauge gauge, double first, double last, Trend perConnection, Trend perHour) {
  private static final double WARM_UP = 0.25;
  private static final double SECONDS_PER_HOUR = 3600;

  /**
   * Judges all gauges.
   *
   * @param samples of the whole run; the first quarter is warm-up: code is compiled, pools fill
   * @throws IllegalArgumentException for too few samples
   */
  public static List<Verdict> of(List<Sample> samples) {
    List<Sample> judged = samples.subList((int) (samples.size() * WARM_UP), samples.size());
    return Arrays.stream(Gauge.values()).map(gauge -> of(gauge, judged)).toList();
  }

  private static Verdict of(Gauge gauge, List<Sample> judged) {
    return new Verdict(
        gauge,
        gauge.of(judged.getFirst()),
        gauge.of(judged.getLast()),
        Trend.of(
            judged.stream().map(it -> new Trend.Point(it.connections(), gauge.of(it))).toList()),
        Trend.of(
            judged.stream()
                .map(it -> new Trend.Point(it.seconds() / SECONDS_PER_HOUR, gauge.of(it)))
                .toList()));
  }

  /** Whether it stayed flat. */
  public boolean isFlat() {
    return perConnection.atMost() < gauge.mostPerConnection();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-16s %,15.0f to %,15.0f %s; slope %+,.4f ± %,.4f a connection (flat: below %s with two"
            + " standard errors), %+,.1f ± %,.1f an hour; %s",
        gauge.title(),
        first,
        last,
        gauge.unit(),
        perConnection.slope(),
        perConnection.standardError(),
        gauge.mostPerConnection(),
        perHour.slope(),
        perHour.standardError(),
        isFlat() ? "flat" : "NOT SHOWN TO BE FLAT");
  }
}
