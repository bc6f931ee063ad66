package dev.mailservice.smtpd.slots;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private boolean draining;
  private long lastTaken;
  private DrainCount drain = DrainCount.NONE;

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
  public Slot reserve() throws InterruptedException {
    free.acquire();
    return new Slot();
  }

  /** A slot from its reservation to its release. */
  public final class Slot {
    private final AtomicBoolean released = new AtomicBoolean();

    private Slot() {}

    /** No client has come: the slot is free. */
    public void cancel() {
      free.release();
    }

    /** A client has come: the slot is taken, also if the watcher fails to hear of it. */
    public void take() {
      taken();
    }

    /**
     * The session is over: its slot is free, also if the watcher fails to hear of it. What is said
     * after the first time has no effect. For any thread.
     */
    public void release(Departure departure) {
      if (released.compareAndSet(false, true)) {
        released(departure);
      }
    }
  }

  private void taken() {
    lock.lock();
    try {
      active++;
      if (draining) {
        drain = drain.withAccepted();
        lastTaken = nanos.getAsLong();
      }
      if (active == limit) {
        saturations++;
        saturatedSince = nanos.getAsLong();
        watcher.saturated();
      }
    } finally {
      lock.unlock();
    }
  }

  private void released(Departure departure) {
    lock.lock();
    try {
      if (active == limit) {
        saturatedNanos += nanos.getAsLong() - saturatedSince;
        watcher.relieved();
      }
    } finally {
      active--;
      if (draining) {
        drain = drain.with(departure, 1);
      }
      lock.unlock();
      free.release();
    }
  }

  /** From now on it is counted what becomes of sessions. */
  public void beginDrain() {
    lock.lock();
    try {
      draining = true;
      drain = DrainCount.finding(active);
      lastTaken = nanos.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The server ends: whoever still has a slot is cut, and nothing is counted any more.
   *
   * @return what became of all sessions
   */
  public DrainCount endDrain() {
    lock.lock();
    try {
      if (draining) {
        draining = false;
        drain = drain.with(Departure.CUT, active);
      }
      return drain;
    } finally {
      lock.unlock();
    }
  }

  /** For how long no client has come; since the drain began at most, and nothing before it. */
  public Duration quietFor() {
    lock.lock();
    try {
      return draining ? Duration.ofNanos(nanos.getAsLong() - lastTaken) : Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /** What has become of sessions since the drain began; nothing before. */
  public DrainCount drainCount() {
    lock.lock();
    try {
      return drain;
    } finally {
      lock.unlock();
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
