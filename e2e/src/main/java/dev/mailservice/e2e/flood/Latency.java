package dev.mailservice.e2e.flood;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long accepted mail took, in seconds; all 0 when there was none.
 *
 * @param count how many mails
 * @param p50S half of them took no longer
 * @param p99S 99 of 100 took no longer
 * @param maxS the slowest
 */
public record Latency(long count, double p50S, double p99S, double maxS) {
  /** Reads a histogram of microseconds. */
  public static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        seconds(micros.getValueAtPercentile(50)),
        seconds(micros.getValueAtPercentile(99)),
        seconds(micros.getMaxValue()));
  }

  private static double seconds(long micros) {
    return (double) micros / TimeUnit.SECONDS.toMicros(1);
  }
}
