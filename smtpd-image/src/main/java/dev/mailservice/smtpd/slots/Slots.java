package dev.mailservice.smtpd.slots;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The slots of a server, one a session, and the record of how often and how long all were taken.
 * Safe for use by several threads.
 */
public final class Slots {
  private final int limit;
  private final Watcher watcher;
  private final LongSupplier nanos;
  private final Semaphore free;
  private final ReentrantLock lock = new ReentrantLock();
  private int active;
  private long saturations;
  private long saturatedNanos;
  private long saturatedSince;

  /**
   * Hears of saturation, in the order in which it comes and goes: all others wait meanwhile, so it
   * must be quick.
   */
  public interface Watcher {
    /** The last free slot was taken. */
    void saturated();

    /** A slot is free again, after all were taken. */
    void relieved();
  }

  /**
   * What the slots look like at one moment.
   *
   * @param limit how many there are
   * @param active how many are taken
   * @param saturations how often the last free one was taken since the start
   * @param saturatedFor how long all were taken since the start, all times together
   */
  public record Usage(int limit, int active, long saturations, Duration saturatedFor) {}

  /**
   * @param limit how many sessions at once
   * @param watcher told each time the last free slot is taken, on the thread that took it, and when
   *     one is free again
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public Slots(int limit, Watcher watcher, LongSupplier nanos) {
    this.limit = limit;
    this.watcher = watcher;
    this.nanos = nanos;
    this.free = new Semaphore(limit);
  }

  /** Waits until a slot is free and reserves it for the client that will be accepted next. */
  public void reserve() throws InterruptedException {
    free.acquire();
  }

  /** Gives back a reserved slot that no client came for. */
  public void cancel() {
    free.release();
  }

  /** A client has come: the reserved slot is taken, also if the watcher fails to hear of it. */
  public void take() {
    lock.lock();
    try {
      active++;
      if (active == limit) {
        saturations++;
        saturatedSince = nanos.getAsLong();
        watcher.saturated();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The client has gone: its slot is free, also if the watcher fails to hear of it. */
  public void release() {
    lock.lock();
    try {
      if (active == limit) {
        saturatedNanos += nanos.getAsLong() - saturatedSince;
        watcher.relieved();
      }
    } finally {
      active--;
      lock.unlock();
      free.release();
    }
  }

  /** From now on nobody waits for a slot. For a server about to end, to answer those who wait. */
  public void unbound() {
    free.release(Integer.MAX_VALUE / 2);
  }

  /** How the slots are used now. */
  public Usage usage() {
    lock.lock();
    try {
      long now = active >= limit ? nanos.getAsLong() - saturatedSince : 0;
      return new Usage(limit, active, saturations, Duration.ofNanos(saturatedNanos + now));
    } finally {
      lock.unlock();
    }
  }
}
