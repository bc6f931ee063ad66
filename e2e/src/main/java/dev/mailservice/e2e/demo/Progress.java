package dev.mailservice.e2e.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** Says what has been done: a line a step, with the seconds since the start. */
final class Progress implements Consumer<String> {
  private final PrintWriter out;
  private final InstantSource clock;
  private final Instant start;

  Progress(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.instant();
  }

  @Override
  public synchronized void accept(String done) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, done));
    out.flush();
  }
}
