package dev.mailservice.smtpd.memory;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many sessions the memory carries. What one takes was measured with idle clients behind an
 * EHLO, see {@code docs/memory.md}, and is rounded up.
 *
 * @param heapLimit what the Java heap may grow to, bytes
 * @param containerLimit at which the kernel ends a process, bytes; empty if there is none
 */
public record MemoryBudget(long heapLimit, OptionalLong containerLimit) {
  /** Bytes of the heap that the server takes without any session. */
  private static final long OWN_HEAP = Megabytes.bytes(8);

  /** Bytes that it takes outside of the heap: code, classes, threads, what the kernel keeps. */
  private static final long OUTSIDE = Megabytes.bytes(68);

  /** Bytes of the kernel's for a connection; they count for the container. */
  private static final long CONNECTION = 2048;

  /** Of the heap's pages, how many are in use right after a collection: MinHeapFreeRatio. */
  private static final double HEAP_IN_USE = 0.6;

  /** What a session takes of the heap while its client is idle. */
  public enum Kind {
    /** Without TLS. */
    PLAIN(10 * 1024),
    /** Within TLS, whose keys and buffers are in the heap, too. */
    TLS(32 * 1024);

    private final long bytes;

    Kind(long bytes) {
      this.bytes = bytes;
    }
  }

  /** How many sessions of a kind it carries before the server refuses more. */
  public long sessions(Kind kind) {
    long inHeap = (MemoryUse.room(heapLimit) - OWN_HEAP) / kind.bytes;
    long inContainer =
        containerLimit.isPresent()
            ? (long)
                ((MemoryUse.containerRoom(containerLimit.getAsLong())
                        - OUTSIDE
                        - OWN_HEAP / HEAP_IN_USE)
                    / (kind.bytes / HEAP_IN_USE + CONNECTION))
            : Long.MAX_VALUE;
    return Math.max(0, Math.min(inHeap, inContainer));
  }

  /**
   * What the log says at the start.
   *
   * @param tls whether clients may begin TLS
   */
  public String summary(boolean tls) {
    String container =
        containerLimit.isPresent()
            ? "container %d MB, ".formatted(Megabytes.of(containerLimit.getAsLong()))
            : "";
    String within = tls ? ", %d within TLS".formatted(sessions(Kind.TLS)) : "";
    return "memory: %sheap %d MB: room for %d idle sessions%s"
        .formatted(container, Megabytes.of(heapLimit), sessions(Kind.PLAIN), within);
  }

  /**
   * What is wrong with a process limit that is more than the memory carries.
   *
   * @param limit {@code default_process_limit}
   * @return a line that says what would be right
   */
  public Optional<String> warning(int limit) {
    long carried = sessions(Kind.PLAIN);
    if (limit <= carried) {
      return Optional.empty();
    }
    return Optional.of(
        ("default_process_limit = %d is more than the memory carries, clients beyond will be told"
                + " 421, want: default_process_limit = %d, or %s")
            .formatted(limit, carried, more(limit)));
  }

  private String more(int limit) {
    long heap = Megabytes.above(MemoryUse.heapFor(OWN_HEAP + limit * Kind.PLAIN.bytes));
    if (containerLimit.isEmpty()) {
      return "a heap of %d MB (-Xmx%dm)".formatted(heap, heap);
    }
    // The heap's part of the container stays what it is.
    double part = (double) heapLimit / containerLimit.getAsLong();
    long forHeap = (long) Math.ceil(heap / part);
    long taken =
        (long)
            (OUTSIDE
                + OWN_HEAP / HEAP_IN_USE
                + limit * (Kind.PLAIN.bytes / HEAP_IN_USE + CONNECTION));
    long forAll = Megabytes.above(MemoryUse.containerFor(taken));
    return "a container of %d MB".formatted(Math.max(forHeap, forAll));
  }
}
