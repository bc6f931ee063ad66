/**
 * How long the Java virtual machine stops a server under load, and how long its clients wait for a
 * banner meanwhile: {@code e2e/bench smtpd stall}.
 *
 * <p>Depends on the load, the sink and {@code bench.side}, and on the idle clients of {@code
 * bench.memory}. Called by {@code bench}.
 */
@NullMarked
package dev.mailservice.e2e.bench.stall;

import org.jspecify.annotations.NullMarked;
