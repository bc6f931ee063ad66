package dev.mailservice.e2e.bench.throughput;

import java.time.Duration;

/**
 * How long loads are.
 *
 * @param first those on each side before the first case without TLS, and before the first with it,
 *     together; nothing is kept of them
 * @param warmUp the one before each case; nothing is kept of it
 * @param measured each one that is measured
 */
record Pacing(Duration first, Duration warmUp, Duration measured) {}
