package dev.mailservice.smtpd.waiting;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Where the time of all sessions goes, those that are over and those that are not. Nothing is added
 * up before somebody asks. Safe for use by several threads.
 */
public final class SessionTimes {
  private static final int COUNT = WaitingFor.values().length;

  private final LongSupplier nanos;
  private final Set<SessionTime> running = ConcurrentHashMap.newKeySet();

  /**
   * Held while a session's time goes from those that run to those that are over, and for a look.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final long[] ended = new long[COUNT];

  /**
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public SessionTimes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * What sessions have waited for, and wait for now.
   *
   * @param nanos by the ordinal of {@link WaitingFor}; the sum is the time of all sessions
   * @param sessions how many wait for each at this moment
   */
  public record Look(long[] nanos, int[] sessions) {
    /** Nanoseconds that sessions have waited for this. */
    public long nanos(WaitingFor what) {
      return nanos[what.ordinal()];
    }

    /** Sessions that wait for this now. */
    public int sessions(WaitingFor what) {
      return sessions[what.ordinal()];
    }
  }

  /** A session begins. */
  public SessionTime begin() {
    var time = new SessionTime(nanos);
    running.add(time);
    return time;
  }

  /** A session is over. Does nothing if it was before. */
  public void end(SessionTime time) {
    lock.lock();
    try {
      if (running.remove(time)) {
        time.end(nanos.getAsLong());
        time.addTo(ended, 0);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What there is now. No figure of {@code nanos} is smaller than at an earlier look. */
  public Look look() {
    lock.lock();
    try {
      long[] sum = ended.clone();
      int[] sessions = new int[COUNT];
      for (SessionTime time : running) {
        time.addTo(sum, nanos.getAsLong());
        sessions[time.current().ordinal()]++;
      }
      return new Look(sum, sessions);
    } finally {
      lock.unlock();
    }
  }
}
