package dev.mailservice.e2e.bench.side;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time in user and system mode.
 *
 * @param byProgram of all processes that run the same program, by its name
 */
public record CpuTime(Map<String, Duration> byProgram) {
  /** Sorts it by name. */
  public CpuTime {
    byProgram = new TreeMap<>(byProgram);
  }

  /** All of it, in seconds. */
  public double seconds() {
    return byProgram.values().stream().reduce(Duration.ZERO, Duration::plus).toNanos() / 1e9;
  }

  /** What was taken since an earlier moment. */
  public CpuTime since(CpuTime earlier) {
    var difference = new TreeMap<>(byProgram);
    earlier.byProgram.forEach(
        (program, time) -> difference.merge(program, time.negated(), Duration::plus));
    return new CpuTime(difference);
  }
}
