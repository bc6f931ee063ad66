package dev.mailservice.e2e.flood;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts good mail over some time; used by many threads. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private long offered;
  private long accepted;
  private final Map<Integer, Long> refused = new TreeMap<>();
  private long timedOut;
  private long broken;
  private final Histogram micros = new Histogram(SIGNIFICANT_DIGITS);

  synchronized void offered() {
    offered++;
  }

  synchronized void ended(Delivery delivery) {
    switch (delivery.outcome()) {
      case ACCEPTED -> {
        accepted++;
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(delivery.latency().toNanos()));
      }
      case REFUSED -> refused.merge(delivery.code(), 1L, Long::sum);
      case TIMED_OUT -> timedOut++;
      case UNREACHABLE, RESET, CLOSED, NOT_SMTP -> broken++;
    }
  }

  synchronized Totals totals() {
    return new Totals(offered, accepted, refused, timedOut, broken, Latency.of(micros));
  }

  /** What was counted since the last call. */
  synchronized Totals drain() {
    Totals totals = totals();
    offered = 0;
    accepted = 0;
    refused.clear();
    timedOut = 0;
    broken = 0;
    micros.reset();
    return totals;
  }

  /** Adds what another one counted. */
  synchronized void add(Tally other) {
    synchronized (other) {
      offered += other.offered;
      accepted += other.accepted;
      other.refused.forEach((code, count) -> refused.merge(code, count, Long::sum));
      timedOut += other.timedOut;
      broken += other.broken;
      micros.add(other.micros);
    }
  }
}
