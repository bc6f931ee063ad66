package dev.mailservice.e2e.flood;

import java.util.Map;
import java.util.TreeMap;

/**
 * Good mail over some time.
 *
 * @param offered how many were meant to be sent
 * @param accepted how many got their 250
 * @param refused how many the server refused, by reply code
 * @param timedOut how many outlasted their client's patience
 * @param broken how many were reset or closed
 * @param latency of the accepted ones
 */
public record Totals(
    long offered,
    long accepted,
    Map<Integer, Long> refused,
    long timedOut,
    long broken,
    Latency latency) {
  /** Copies the map, sorted by code. */
  public Totals {
    refused = new TreeMap<>(refused);
  }

  /** The accepted share of what was offered; 1 when nothing was. */
  public double share() {
    return offered == 0 ? 1 : (double) accepted / offered;
  }

  /** Refused with any code. */
  public long refusedInAll() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
