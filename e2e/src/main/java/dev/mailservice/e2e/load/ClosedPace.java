package dev.mailservice.e2e.load;

import java.time.Duration;
import java.util.OptionalLong;

/** A client's next message begins when it has time for it, until time is up. */
final class ClosedPace implements Pace {
  private final long end;

  ClosedPace(long start, Duration duration) {
    this.end = start + duration.toNanos();
  }

  @Override
  public OptionalLong next() {
    long now = System.nanoTime();
    return now - end < 0 ? OptionalLong.of(now) : OptionalLong.empty();
  }

  @Override
  public void close() {}
}
