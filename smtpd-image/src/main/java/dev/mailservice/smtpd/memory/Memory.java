package dev.mailservice.smtpd.memory;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The memory that a server may use. For one watch. */
public interface Memory {
  /** What the Java heap may grow to, bytes. */
  long heapLimit();

  /**
   * What all that the server takes of the machine may grow to, bytes; empty if nothing bounds it.
   */
  OptionalLong containerLimit();

  /**
   * What is used at the moment. Garbage counts, so that it says most of the heap right after a
   * collection.
   */
  MemoryUse use();

  /**
   * Waits until garbage was collected, wholly or in part.
   *
   * @param atMost for how long to wait
   * @return whether it was
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  boolean awaitCollection(Duration atMost) throws InterruptedException;

  /** Has all garbage collected. All sessions wait meanwhile. */
  void collect();

  /** How many sessions it carries; empty if others answer for it. */
  default Optional<MemoryBudget> budget() {
    return Optional.of(new MemoryBudget(heapLimit(), containerLimit()));
  }

  /** Memory that others answer for: it is never short, and nothing is collected. */
  static Memory unwatched() {
    return new UnwatchedMemory();
  }
}
