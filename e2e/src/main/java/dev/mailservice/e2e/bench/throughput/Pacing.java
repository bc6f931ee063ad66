package dev.mailservice.e2e.bench.throughput;

import java.time.Duration;

/**
 * How long loads are.
 *
 * @param first the load before all others on each side, of which nothing is kept
 * @param warmUp the one before each case, of which nothing is kept
 * @param measured each one that is measured
 */
record Pacing(Duration first, Duration warmUp, Duration measured) {}
