/**
 * The section {@code throughput}: messages a second, messages per second of processor time, and
 * delays, of both servers in front of the same sink.
 *
 * <p>Depends on the load, the sink and the two sides. Called by {@code e2e/bench smtpd}.
 */
@NullMarked
package dev.mailservice.e2e.bench.throughput;

import org.jspecify.annotations.NullMarked;
