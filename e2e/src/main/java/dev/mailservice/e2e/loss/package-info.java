/**
 * Rounds that try to make a server lose a message that it has acknowledged: under load it is
 * killed, told to end, or loses its next hop or its disk, at a moment that a seed chooses.
 *
 * <p>{@link dev.mailservice.e2e.loss.RoundPlan} says what a round does, {@link
 * dev.mailservice.e2e.loss.Round} does it, {@link dev.mailservice.e2e.loss.Account} compares what
 * clients were told with what was received, without I/O. Depends on {@code
 * dev.mailservice.e2e.smtp} and {@code dev.mailservice.e2e.sink}, on the built server and, where
 * that is compared with, Debian's Postfix. Called by {@code e2e bench no-loss} and by tests.
 */
@NullMarked
package dev.mailservice.e2e.loss;

import org.jspecify.annotations.NullMarked;
