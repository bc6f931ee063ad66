package dev.mailservice.e2e.bench.stall;

import org.HdrHistogram.Histogram;

/**
 * How long clients waited for their banner, in milliseconds.
 *
 * @param p50 half of them waited no longer
 * @param p99 99 of 100 waited no longer
 * @param p999 999 of 1,000 waited no longer
 * @param max the longest wait
 */
record Banners(double p50, double p99, double p999, double max) {
  private static final double MICROS_PER_MILLI = 1000;

  static Banners of(Histogram micros) {
    return new Banners(
        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
        micros.getMaxValue() / MICROS_PER_MILLI);
  }
}
