package dev.mailservice.e2e.flood;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Where the hogs are, counted by the hogs themselves. */
final class HogCounts {
  /** Waiting for the server's greeting: in its backlog. */
  final AtomicInteger waiting = new AtomicInteger();

  /** Holding a session. */
  final AtomicInteger holding = new AtomicInteger();

  /** Sessions lost after the greeting. */
  final LongAdder dropped = new LongAdder();

  /** Connections that got no session: refused, reset, or turned away by the greeting. */
  final LongAdder turnedAway = new LongAdder();
}
