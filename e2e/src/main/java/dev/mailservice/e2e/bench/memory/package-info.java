/**
 * What sessions of idle clients cost in memory: {@code e2e/bench smtpd memory hogs}.
 *
 * <p>Depends on {@code bench.side} for the servers, and on {@code /proc} and control groups. Called
 * by {@code bench}; its idle clients also by {@code bench.stall}.
 */
@NullMarked
package dev.mailservice.e2e.bench.memory;

import org.jspecify.annotations.NullMarked;
