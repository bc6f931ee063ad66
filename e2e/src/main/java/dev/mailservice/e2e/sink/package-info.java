/**
 * A next hop for tests: takes every message and keeps a ledger of the Message-IDs that it said 250
 * to, so that a test can prove that no acknowledged mail is lost.
 *
 * <p>The dialogue ({@link dev.mailservice.e2e.sink.SinkSession}) is driven without sockets; the
 * server gives each connection a virtual thread. Depends on {@code dev.mailservice.e2e.smtp}.
 * Called by {@code e2e sink} and by tests.
 */
@NullMarked
package dev.mailservice.e2e.sink;

import org.jspecify.annotations.NullMarked;
