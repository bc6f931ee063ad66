package dev.mailservice.e2e.smtp;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment at which a client's patience ends, over all the steps of what it does. */
public final class Deadline {
  private static final Deadline NEVER = new Deadline(false, 0);

  private final boolean bounded;
  private final long nanoTime;

  private Deadline(boolean bounded, long nanoTime) {
    this.bounded = bounded;
    this.nanoTime = nanoTime;
  }

  /** Waits for as long as it takes. */
  public static Deadline never() {
    return NEVER;
  }

  /**
   * Ends {@code patience} after {@code start}.
   *
   * @param start a value of {@link System#nanoTime()}
   */
  public static Deadline after(long start, Duration patience) {
    return new Deadline(true, start + patience.toNanos());
  }

  /**
   * What is left, in the form that sockets take it.
   *
   * @return milliseconds, at least 1; 0 stands for no limit
   * @throws SocketTimeoutException when nothing is left
   */
  public int socketTimeout() throws SocketTimeoutException {
    if (!bounded) {
      return 0;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("out of patience");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
