package dev.mailservice.e2e.load;

import dev.mailservice.e2e.flood.Arrivals;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A message begins at its moment, or as soon as a client has time for it after that: what waited
 * for a client has waited for the server, as the moment is where its delay counts from.
 */
final class OpenPace implements Pace {
  /** In place of a moment: there will be no other. */
  private static final long END = Long.MIN_VALUE;

  private final BlockingQueue<Long> due = new LinkedBlockingQueue<>();
  private final Thread clock;

  OpenPace(long start, Duration duration, Arrivals arrivals) {
    this.clock =
        Thread.ofPlatform()
            .daemon()
            .name("arrivals")
            .start(() -> tell(start, duration.toNanos(), arrivals));
  }

  private void tell(long start, long duration, Arrivals arrivals) {
    long arrival = arrivals.next();
    while (arrival < duration) {
      long wait = start + arrival - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        if (Thread.interrupted()) {
          break;
        }
      } else {
        due.add(start + arrival);
        arrival = arrivals.next();
      }
    }
    due.add(END);
  }

  @Override
  public OptionalLong next() throws InterruptedException {
    long moment = due.take();
    if (moment == END) {
      // For whoever asks after this one.
      due.add(END);
      return OptionalLong.empty();
    }
    return OptionalLong.of(moment);
  }

  @Override
  public void close() {
    clock.interrupt();
  }
}
