package dev.mailservice.smtpd.table;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A channel whose input and output have a time limit. Blocking channels have none of their own:
 * when the time is over the channel is closed. Used by one thread.
 *
 * @param channel in blocking mode
 * @param whenOver what is said of the time if it is over
 */
public record TimedChannel(SocketChannel channel, String whenOver) {
  /** What is to be done in time. */
  @FunctionalInterface
  public interface Io<T> {
    /** Connects, reads, writes. */
    T run() throws IOException;
  }

  /**
   * Does it within this time as a whole.
   *
   * @throws SocketTimeoutException if it takes longer, or there is no time; then the channel is of
   *     no use any more
   * @throws IOException if it fails
   */
  public <T> T within(Duration limit, Io<T> io) throws IOException {
    if (!limit.isPositive()) {
      throw new SocketTimeoutException(whenOver);
    }
    var over = new AtomicBoolean();
    Thread watchdog =
        Thread.startVirtualThread(
            () -> {
              try {
                Thread.sleep(limit);
                over.set(true);
                channel.close();
              } catch (InterruptedException | IOException e) {
                // The answer is there, or the channel is closed as it should be.
                return;
              }
            });
    try {
      return io.run();
    } catch (IOException e) {
      if (over.get()) {
        var timeout = new SocketTimeoutException(whenOver);
        timeout.initCause(e);
        throw timeout;
      }
      throw e;
    } finally {
      watchdog.interrupt();
    }
  }
}
