package dev.mailservice.e2e.load;

import java.util.OptionalLong;

/** Tells clients when their next message is meant to begin. Called by many threads. */
interface Pace extends AutoCloseable {
  /**
   * Waits for the next message's turn.
   *
   * @return when it was meant to begin, a value of {@link System#nanoTime()} which may lie in the
   *     past; empty when there will be none
   */
  OptionalLong next() throws InterruptedException;

  @Override
  void close();
}
