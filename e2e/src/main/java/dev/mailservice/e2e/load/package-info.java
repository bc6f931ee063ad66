/**
 * A load of mail whose fate is known message by message: a closed model (sessions that send as fast
 * as they are let) and an open one (each message has its moment), delays from the moment at which a
 * message was meant to be sent, and a ledger to hold against the sink's.
 *
 * <p>Light, because it shares a machine with the server that is measured: a session is a virtual
 * thread, what it says is made before it says it, and what it counts is its own until it ends.
 * Depends on {@code dev.mailservice.e2e.smtp}, on the ledger of {@code dev.mailservice.e2e.sink},
 * and on what the flood has of arrivals. Called by the benchmarks.
 */
@NullMarked
package dev.mailservice.e2e.load;

import org.jspecify.annotations.NullMarked;
