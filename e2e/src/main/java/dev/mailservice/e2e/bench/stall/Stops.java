package dev.mailservice.e2e.bench.stall;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stops of one kind, in any order.
 *
 * @param all of them
 */
record Stops(List<Stop> all) {
  private static final double NANOS_PER_MILLI = 1e6;

  Stops {
    all = List.copyOf(all);
  }

  /** Those that have begun from one moment on and before another. */
  Stops between(Instant from, Instant to) {
    return new Stops(
        all.stream().filter(it -> !it.start().isBefore(from) && it.start().isBefore(to)).toList());
  }

  /** These and others. */
  Stops and(Stops others) {
    return new Stops(Stream.concat(all.stream(), others.all.stream()).toList());
  }

  /** The length of the longest; none when there is no stop. */
  Duration longest() {
    return all.stream().map(Stop::length).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** All lengths together. */
  Duration total() {
    return all.stream().map(Stop::length).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * The most that was stopped in any stretch of time of this length. What takes no longer than the
   * stretch is not delayed by more, also when several stops follow upon each other.
   */
  Duration mostWithin(Duration stretch) {
    // A stretch with the most in it can be moved until it begins with a stop, or ends with one.
    return all.stream()
        .flatMap(it -> Stream.of(it.start(), it.end().minus(stretch)))
        .map(from -> within(from, from.plus(stretch)))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Duration within(Instant from, Instant to) {
    return all.stream().map(it -> it.within(from, to)).reduce(Duration.ZERO, Duration::plus);
  }

  /** Each one's length in milliseconds. */
  List<Double> millis() {
    return all.stream().map(it -> millis(it.length())).toList();
  }

  static double millis(Duration length) {
    return length.toNanos() / NANOS_PER_MILLI;
  }
}
