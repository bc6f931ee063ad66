package dev.mailservice.smtpd.waiting;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Where the time of one session goes. Told by the session's thread, two readings of the clock a
 * wait; read by any.
 */
public final class SessionTime {
  private static final ScopedValue<SessionTime> CURRENT = ScopedValue.newInstance();
  private static final Wait NO_SESSION = () -> {};

  private final LongSupplier nanos;
  private final long[] spent = new long[WaitingFor.values().length];
  private WaitingFor current = WaitingFor.NONE;
  private long since;
  private boolean over;

  /** A wait, which is over when this is closed. */
  @FunctionalInterface
  public interface Wait extends AutoCloseable {
    @Override
    void close();
  }

  SessionTime(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /** Runs a session on the calling thread: {@link #waitFor} is about this one. */
  public void run(Runnable session) {
    ScopedValue.where(CURRENT, this).run(session);
  }

  /**
   * The calling thread's session waits, until the result is closed; then it goes on with what it
   * did before. Outside of sessions it has no effect.
   */
  public static Wait waitFor(WaitingFor what) {
    if (!CURRENT.isBound()) {
      return NO_SESSION;
    }
    SessionTime time = CURRENT.get();
    WaitingFor before = time.enter(what, time.nanos.getAsLong());
    return () -> {
      var unused = time.enter(before, time.nanos.getAsLong());
    };
  }

  /**
   * From now on the session waits for this.
   *
   * @param now nanoseconds, of the clock that all sessions share
   * @return what it waited for before
   */
  public synchronized WaitingFor enter(WaitingFor what, long now) {
    WaitingFor before = current;
    if (!over) {
      spent[before.ordinal()] += now - since;
      since = now;
      current = what;
    }
    return before;
  }

  /** The session is over: from now on no time passes. */
  synchronized void end(long now) {
    var unused = enter(WaitingFor.NONE, now);
    over = true;
  }

  /** Adds what was spent until now. */
  synchronized void addTo(long[] sum, long now) {
    Arrays.setAll(sum, i -> sum[i] + spent[i]);
    if (!over) {
      sum[current.ordinal()] += Math.max(now - since, 0);
    }
  }

  /** What it waits for now. */
  synchronized WaitingFor current() {
    return current;
  }
}
