/**
 * The running operator: the fast loop that ticks, the reconciler that writes, leadership, and the
 * wiring of it all.
 *
 * <p>Gather, decide, apply meet here and nowhere else. The loop gathers and decides every second
 * while this process leads; it writes nothing but events. The reconciler is the only writer of
 * resources and status; it acts on the last decision and is woken when that changes. May depend on
 * every other package; nobody depends on it.
 */
@NullMarked
package dev.mailservice.operator.loop;

import org.jspecify.annotations.NullMarked;
