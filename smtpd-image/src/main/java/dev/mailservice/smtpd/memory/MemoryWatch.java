package dev.mailservice.smtpd.memory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the memory: finds out when it is short, before there is none left, and when there is
 * enough again. Safe for use by several threads.
 *
 * <p>How much of a heap is garbage is known only when all of it was collected, and all sessions
 * wait meanwhile: that is done where much is used, and never for more than a twentieth of the time.
 */
public final class MemoryWatch implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
  private static final int PAUSE_FOR_COLLECTION = 20;

  private final Memory memory;
  private final Listener listener;
  private final LongSupplier nanos;
  private final AtomicLong shortages = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private volatile boolean isShort;
  private volatile long heapAfterCollection;
  private volatile @Nullable Thread thread;
  private long nextCollection;

  /** Hears of changes, on the watch's thread. */
  public interface Listener {
    /** There is too little for more work. */
    void fallsShort(MemoryUse use);

    /** There is enough again. */
    void isEnough(MemoryUse use);

    /** Looking has failed; it is tried again. */
    void failed(Throwable cause);
  }

  /**
   * @param memory what to look after
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public MemoryWatch(Memory memory, Listener listener, LongSupplier nanos) {
    this.memory = memory;
    this.listener = listener;
    this.nanos = nanos;
    this.nextCollection = nanos.getAsLong();
  }

  /** Starts to look, on a thread of its own. */
  public void start() {
    thread = Thread.ofPlatform().daemon().name("memory").start(this::lookUntilClosed);
  }

  /** Whether there is too little for more work. */
  public boolean isShort() {
    return isShort;
  }

  /** Something was refused for that. */
  public void refused() {
    refusals.incrementAndGet();
  }

  /** How many clients and messages were refused since the start. */
  public long refusals() {
    return refusals.get();
  }

  /** How often memory has become short since the start. */
  public long shortages() {
    return shortages.get();
  }

  /** Bytes of the heap in use after the last collection, with what has not been found garbage. */
  public long heapAfterCollection() {
    return heapAfterCollection;
  }

  /** What there is. */
  public Memory memory() {
    return memory;
  }

  private void lookUntilClosed() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        look(memory.awaitCollection(LOOK_EVERY));
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        // Not even an Error may end the looking: without that the server would run out.
        listener.failed(e);
      }
    }
  }

  /**
   * Looks once.
   *
   * @param afterCollection whether garbage was collected just before
   */
  void look(boolean afterCollection) {
    MemoryUse use = memory.use();
    if (afterCollection) {
      heapAfterCollection = use.heap();
    } else {
      use = use.withHeap(heapAfterCollection);
    }
    boolean mayCollect = nanos.getAsLong() - nextCollection >= 0;
    if (isShort) {
      if (mayCollect) {
        judge(collect());
      }
    } else if (use.isInQuestion() && (mayCollect || use.isAlmostFull())) {
      judge(collect());
    }
  }

  private MemoryUse collect() {
    long start = nanos.getAsLong();
    memory.collect();
    MemoryUse use = memory.use();
    heapAfterCollection = use.heap();
    long end = nanos.getAsLong();
    nextCollection = end + Math.max(SHORTEST_PAUSE.toNanos(), PAUSE_FOR_COLLECTION * (end - start));
    return use;
  }

  private void judge(MemoryUse use) {
    if (!isShort && use.isShort()) {
      isShort = true;
      shortages.incrementAndGet();
      listener.fallsShort(use);
    } else if (isShort && use.isEnough()) {
      isShort = false;
      listener.isEnough(use);
    }
  }

  /** Stops looking. */
  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
