package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.Totals;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run to a person: a row a second, and between the rows what happened. Time counts from the
 * flood's onset, before it is negative.
 */
final class LiveTable implements ScenarioListener {
  private static final String HEADINGS =
      """
               |         good mail, last second           |      hogs        |       pods           |
          time | offered accepted lost    p50 s    max s  | holding  waiting | ready wanted drain   | stress
        """;
  private static final int ROWS_BETWEEN_HEADINGS = 25;
  private static final String RED = "\033[31m";
  private static final String BOLD = "\033[1m";
  private static final String PLAIN = "\033[0m";

  private final PrintWriter out;
  private final boolean colour;
  private final int calmSeconds;
  private int rows;
  private @Nullable Instant onset;
  private @Nullable Instant started;

  /**
   * A table that begins with its headings.
   *
   * @param colour whether {@code out} is a terminal that shows colours
   * @param calmSeconds how long after its start the flood begins
   */
  LiveTable(PrintWriter out, boolean colour, int calmSeconds) {
    this.out = out;
    this.colour = colour;
    this.calmSeconds = calmSeconds;
  }

  @Override
  public synchronized void second(RunRecord.Sample sample) {
    if (rows++ % ROWS_BETWEEN_HEADINGS == 0) {
      out.print(HEADINGS);
    }
    FloodEvent.Second second = sample.second();
    FleetState fleet = sample.fleet();
    Totals good = second.good();
    long lost = good.refusedInAll() + good.timedOut() + good.broken();
    out.println(
        String.format(
            Locale.ROOT,
            "%7d | %7d %8d %s %8s %8s  | %7d  %7d | %5d %6d %5d   | %s",
            second.second() - calmSeconds,
            good.offered(),
            good.accepted(),
            lost == 0 ? "   -" : paint(RED, "%4d".formatted(lost)),
            delay(good, good.latency().p50S()),
            delay(good, good.latency().maxS()),
            second.hogsHolding(),
            second.hogsWaiting(),
            fleet.readyPods(),
            fleet.wantedReplicas(),
            fleet.drainingPods(),
            fleet.templateStressed() ? paint(RED, "yes") : "-"));
    out.flush();
  }

  @Override
  public synchronized void flood(FloodEvent event) {
    if (event instanceof FloodEvent.Started) {
      started = event.at();
    }
    if (event instanceof FloodEvent.Onset) {
      onset = event.at();
    }
    Narration.of(event).ifPresent(words -> happening(event.at(), words));
  }

  @Override
  public synchronized void fleet(FleetChange change) {
    // What exists before the run is no change.
    if (started != null) {
      Narration.of(change).ifPresent(words -> happening(change.at(), words));
    }
  }

  private void happening(Instant at, String words) {
    out.println(time(at) + " > " + paint(BOLD, words));
    out.flush();
  }

  private String time(Instant at) {
    Instant zero =
        Optional.ofNullable(onset)
            .or(() -> Optional.ofNullable(started).map(start -> start.plusSeconds(calmSeconds)))
            .orElse(at);
    return String.format(Locale.ROOT, "%7.1f", Duration.between(zero, at).toMillis() / 1000.0);
  }

  private String paint(String with, String text) {
    return colour ? with + text + PLAIN : text;
  }

  private static String delay(Totals good, double seconds) {
    return good.accepted() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", seconds);
  }
}
