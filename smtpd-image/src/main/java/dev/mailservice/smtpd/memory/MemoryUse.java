package dev.mailservice.smtpd.memory;

import java.util.OptionalLong;

/**
 * The memory in use at one moment, and what it means. All figures are bytes.
 *
 * <p>The serial collector keeps a quarter of the heap for what is new ({@code NewRatio=3}), so that
 * what lasts has three quarters. What is left of them when work is refused is for sessions that go
 * on: those that are refused leave nothing behind.
 *
 * @param heap objects of the heap
 * @param heapLimit what they may grow to
 * @param container all that the container has taken and the kernel cannot take back, which is the
 *     heap, Java itself, threads, and what the kernel keeps for connections
 * @param containerLimit at which the kernel ends a process; empty if there is none
 */
public record MemoryUse(long heap, long heapLimit, long container, OptionalLong containerLimit) {
  /** Of the heap: from here on it is worth to find out how much of it is garbage. */
  private static final double HEAP_IN_QUESTION = 0.68;

  /** Of the heap: almost all that the collector lets last. It would collect by itself soon. */
  private static final double HEAP_ALMOST_FULL = 0.73;

  /** Of the heap, without garbage. */
  private static final double HEAP_SHORT = 0.65;

  private static final double HEAP_ENOUGH = 0.6;
  private static final double CONTAINER_SHORT = 0.95;
  private static final double CONTAINER_ENOUGH = 0.9;

  /** Whether there may be too little, if what is used is not garbage. */
  boolean isInQuestion() {
    return heap >= HEAP_IN_QUESTION * heapLimit || isContainerOver(CONTAINER_SHORT);
  }

  /** Whether what lasts has almost no room left, garbage or not. */
  boolean isAlmostFull() {
    return heap >= HEAP_ALMOST_FULL * heapLimit;
  }

  /** After a collection of everything: whether there is too little for more work. */
  boolean isShort() {
    return heap >= HEAP_SHORT * heapLimit || isContainerOver(CONTAINER_SHORT);
  }

  /** After a collection of everything: whether there is enough again. */
  boolean isEnough() {
    return heap < HEAP_ENOUGH * heapLimit && !isContainerOver(CONTAINER_ENOUGH);
  }

  private boolean isContainerOver(double part) {
    return containerLimit.isPresent() && container >= part * containerLimit.getAsLong();
  }

  /** The same with what the heap was after a collection. */
  MemoryUse withHeap(long collected) {
    return new MemoryUse(collected, heapLimit, container, containerLimit);
  }

  /** The most bytes that may last in a heap before work is refused. */
  static long room(long heapLimit) {
    return (long) (HEAP_SHORT * heapLimit);
  }

  /** How large a heap must be for so many bytes to last without work being refused. */
  static long heapFor(long bytes) {
    return (long) Math.ceil(bytes / HEAP_SHORT);
  }

  /** How large a container must be for so many bytes of it to be taken likewise. */
  static long containerFor(long bytes) {
    return (long) Math.ceil(bytes / CONTAINER_SHORT);
  }

  /** The most bytes that a container may take before work is refused. */
  static long containerRoom(long containerLimit) {
    return (long) (CONTAINER_SHORT * containerLimit);
  }

  /** In megabytes, for the log. */
  @Override
  public String toString() {
    String inHeap = "heap %d of %d MB".formatted(Megabytes.of(heap), Megabytes.of(heapLimit));
    return containerLimit.isPresent()
        ? "%s, container %d of %d MB"
            .formatted(inHeap, Megabytes.of(container), Megabytes.of(containerLimit.getAsLong()))
        : inHeap;
  }
}
