package dev.mailservice.e2e.flood;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells a run to a person: a line a second, a summary at the end. */
final class TextReport implements Consumer<FloodEvent> {
  private static final String HEADINGS =
      "  time  phase   good: offered accepted refused timed-out broken in-flight     p50     max"
          + "   hogs: holding waiting dropped turned-away";
  private static final int LINES_BETWEEN_HEADINGS = 20;

  private final PrintWriter out;
  private int lines;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(FloodEvent event) {
    switch (event) {
      case FloodEvent.Started e ->
          line(
              "flood: %d hogs (%s) against %s, %s good mails a second, seed %d",
              e.hogs(), lower(e.kind()), e.target(), e.goodPerSecond(), e.seed());
      case FloodEvent.Notice e -> line("flood: %s", e.text());
      case FloodEvent.Onset e -> line("flood: the hogs come");
      case FloodEvent.StressedBanner e -> line("flood: first stressed greeting: %s", e.banner());
      case FloodEvent.FloodEnded e -> line("flood: the hogs are gone");
      case FloodEvent.Second e -> second(e);
      case FloodEvent.Mail e -> {
        // A line a mail would hide the seconds.
      }
      case FloodEvent.Summary e -> summary(e);
    }
    out.flush();
  }

  private void second(FloodEvent.Second e) {
    if (lines++ % LINES_BETWEEN_HEADINGS == 0) {
      line(HEADINGS);
    }
    Totals good = e.good();
    line(
        "%6d  %-6s %14d %8d %7d %9d %6d %9d %7.3f %7.3f %15d %7d %7d %11d",
        e.second(),
        lower(e.phase()),
        good.offered(),
        good.accepted(),
        good.refusedInAll(),
        good.timedOut(),
        good.broken(),
        e.goodInFlight(),
        good.latency().p50S(),
        good.latency().maxS(),
        e.hogsHolding(),
        e.hogsWaiting(),
        e.hogsDropped(),
        e.hogsTurnedAway());
  }

  private void summary(FloodEvent.Summary e) {
    line("");
    totals("calm", e.calm());
    totals("flood", e.flood());
    totals("after", e.after());
    totals("total", e.total());
    if (e.onsetToFirstStressedBannerS() != null) {
      line("first stressed greeting %.3f s after the onset", e.onsetToFirstStressedBannerS());
    }
    line("hogs lost %d sessions, %d connections got none", e.hogsDropped(), e.hogsTurnedAway());
  }

  private void totals(String name, Totals t) {
    line(
        "%-6s %d offered, %d accepted (%.1f %%), refused %s, %d timed out, %d broken;"
            + " accepted after p50 %.3f s, p99 %.3f s, at most %.3f s",
        name,
        t.offered(),
        t.accepted(),
        100 * t.share(),
        t.refused().isEmpty() ? "0" : t.refused(),
        t.timedOut(),
        t.broken(),
        t.latency().p50S(),
        t.latency().p99S(),
        t.latency().maxS());
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
