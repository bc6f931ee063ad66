package dev.mailservice.e2e.bench.throughput;

import java.time.Duration;

/**
 * How long loads are.
 *
 * @param first the one on each side before the first case without TLS, and before the first with
 *     it; nothing is kept of it
 * @param warmUp the one before each other case; nothing is kept of it
 * @param measured each one that is measured
 */
record Pacing(Duration first, Duration warmUp, Duration measured) {}
