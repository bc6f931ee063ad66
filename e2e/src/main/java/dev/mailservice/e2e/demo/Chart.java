package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.chart.Axis;
import dev.mailservice.e2e.chart.Html;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.Totals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Draws a run as one HTML file that needs neither network nor script. Curves are SVG stretched to
 * the page's width; words are HTML beside them, so that they stay readable on a phone.
 */
public final class Chart {
  /** Height of a drawing; its width is the run in seconds. */
  private static final double HEIGHT = 100;

  private static final double HEADROOM = 1.1;
  private static final double LEAST_DELAY = 0.001;
  private static final double LONGEST_DELAY = 30;

  private final RunRecord run;
  private final Summary summary;
  private final ScenarioPlan plan;
  private final double first;
  private final double last;

  private Chart(RunRecord run, Summary summary, ScenarioPlan plan) {
    this.run = run;
    this.summary = summary;
    this.plan = plan;
    this.first = -plan.calmSeconds();
    this.last = run.samples().isEmpty() ? 1 : time(run.samples().getLast());
  }

  /** The whole page. */
  public static String html(RunRecord run, Summary summary, ScenarioPlan plan) {
    Chart chart = new Chart(run, summary, plan);
    return template()
        .replace("{{title}}", Html.escape(chart.title()))
        .replace("{{figures}}", chart.figures())
        .replace("{{panels}}", chart.panels())
        .replace("{{happenings}}", chart.happenings())
        .replace("{{words}}", paragraphs(Narration.of(summary)));
  }

  private String title() {
    return "%d %s hogs against a MailService"
        .formatted(plan.hogs(), plan.kind().name().toLowerCase(Locale.ROOT));
  }

  private String figures() {
    return figure(number(100 * summary.shareFromOnset(), 1) + " %", "good mail through the flood")
        + figure(number(summary.p50S(), 3) + " s", "median delay")
        + figure(number(summary.p99S(), 1) + " s", "99th percentile")
        + figure(
            summary.onsetToPatchS() == null ? "–" : number(summary.onsetToPatchS(), 1) + " s",
            "onset to stress")
        + figure(Integer.toString(summary.replicasMax()), "pods at most")
        + figure(Long.toString(summary.acknowledgedLost()), "acknowledged mail lost");
  }

  private static String figure(String value, String name) {
    return "<div><dt>%s</dt><dd>%s</dd></div>%n".formatted(Html.escape(name), Html.escape(value));
  }

  private String panels() {
    return goodMail() + delay() + hogs() + pods();
  }

  private String goodMail() {
    double top =
        HEADROOM
            * Math.max(
                max(s -> s.second().good().offered()),
                Math.max(1, max(s -> s.second().good().accepted() + lost(s.second().good()))));
    List<Bar> bars = new ArrayList<>();
    for (RunRecord.Sample sample : run.samples()) {
      Totals good = sample.second().good();
      bars.add(new Bar(time(sample), 0, good.accepted(), "good"));
      bars.add(new Bar(time(sample), good.accepted(), lost(good), "lost"));
    }
    return panel(
        "Good mail",
        "a second",
        key("good", "accepted")
            + key("lost", "refused, timed out or broken")
            + key("offered", "offered"),
        top,
        0,
        bars(bars, top) + line("offered", s -> s.second().good().offered(), top));
  }

  private String delay() {
    StringBuilder marks = new StringBuilder();
    for (RunRecord.Sample sample : run.samples()) {
      Totals good = sample.second().good();
      if (good.accepted() > 0) {
        double low = logarithmic(good.latency().p50S());
        double high = logarithmic(good.latency().maxS());
        marks.append(
            format(
                "<path class=\"delay-range\" d=\"M%.2f %.2fV%.2f\"/>"
                    + "<path class=\"delay\" d=\"M%.2f %.2fh0\"/>",
                time(sample) - 0.5, low, high, time(sample) - 0.5, low));
      }
    }
    StringBuilder labels = new StringBuilder();
    for (double seconds : List.of(0.001, 0.01, 0.1, 1.0, 10.0)) {
      labels.append(
          gridLine(
              logarithmic(seconds),
              seconds < 1 ? number(1000 * seconds, 0) + " ms" : number(seconds, 0) + " s"));
    }
    return panel(
        "Delay of accepted mail",
        "logarithmic",
        key("delay", "median of a second") + key("delay-range", "up to its slowest"),
        labels.toString(),
        marks.toString());
  }

  private String hogs() {
    double top = HEADROOM * Math.max(1, plan.hogs());
    return panel(
        "Hogs",
        "connected",
        key("holding", "holding a session") + key("waiting", "waiting for one"),
        top,
        0,
        area("waiting", s -> s.second().hogsHolding() + s.second().hogsWaiting(), top)
            + area("holding", s -> s.second().hogsHolding(), top));
  }

  private String pods() {
    double top = Math.max(2, max(s -> totalPods(s.fleet()))) + 0.5;
    return panel(
        "Pods",
        "",
        key("calm", "calm")
            + key("stressed", "stressed")
            + key("draining", "draining")
            + key("wanted", "wanted"),
        top,
        1,
        area("draining", s -> totalPods(s.fleet()), top)
            + area("calm", s -> s.fleet().readyPods(), top)
            + area("stressed", s -> s.fleet().stressedPods(), top)
            + line("wanted", s -> s.fleet().wantedReplicas(), top));
  }

  private static long lost(Totals good) {
    return good.refusedInAll() + good.timedOut() + good.broken();
  }

  private static double totalPods(FleetState fleet) {
    return fleet.readyPods() + fleet.drainingPods();
  }

  private String panel(
      String name, String unit, String key, double top, double leastStep, String drawing) {
    StringBuilder labels = new StringBuilder();
    double step = Math.max(leastStep, Axis.niceStep(top));
    for (double value = 0; value <= top; value += step) {
      labels.append(gridLine(scaled(value, top), number(value, 0)));
    }
    return panel(name, unit, key, labels.toString(), drawing);
  }

  private String panel(String name, String unit, String key, String grid, String drawing) {
    return """
        <section>
        <h2>%s <small>%s</small></h2>
        <p class="key">%s</p>
        <div class="plot">
        <svg viewBox="%s 0 %s 100" preserveAspectRatio="none" aria-hidden="true">%s%s</svg>
        %s%s
        </div>
        </section>
        """
        .formatted(
            Html.escape(name),
            Html.escape(unit),
            key,
            number(first, 0),
            number(last - first, 2),
            background(),
            drawing,
            grid,
            timeAxis());
  }

  /** The flood and the stressed time, behind every drawing. */
  private String background() {
    StringBuilder bands = new StringBuilder();
    bands.append(band("band-flood", run.onset(), run.floodEnd()));
    bands.append(band("band-stress", run.stressed(), run.calmAgain()));
    return bands.toString();
  }

  private String band(String style, Optional<Instant> from, Optional<Instant> to) {
    if (from.isEmpty()) {
      return "";
    }
    double start = time(from.get());
    double end = to.map(this::time).orElse(last);
    boolean stress = style.equals("band-stress");
    return format(
        "<rect class=\"%s\" x=\"%.2f\" y=\"%s\" width=\"%.2f\" height=\"%s\"/>",
        style, start, stress ? "-4" : "0", Math.max(0, end - start), stress ? "3" : "100");
  }

  private String timeAxis() {
    StringBuilder axis = new StringBuilder();
    double step = Axis.niceStep(last - first);
    for (double at = Math.ceil(first / step) * step; at <= last; at += step) {
      axis.append(
          format(
              "<span class=\"time\" style=\"left:%.2f%%\">%s</span>",
              100 * (at - first) / (last - first), at == 0 ? "0 s" : number(at, 0)));
    }
    return axis.toString();
  }

  private static String gridLine(double y, String label) {
    return format("<span class=\"grid\" style=\"top:%.2f%%\"><b>%s</b></span>", y, label);
  }

  private static String key(String style, String name) {
    return "<span class=\"key-%s\"><i></i>%s</span>".formatted(style, Html.escape(name));
  }

  private record Bar(double time, double from, double height, String style) {}

  private static String bars(List<Bar> bars, double top) {
    StringBuilder drawing = new StringBuilder();
    for (Bar bar : bars) {
      if (bar.height > 0) {
        drawing.append(
            format(
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"0.8\" height=\"%.2f\"/>",
                bar.style,
                bar.time - 0.9,
                scaled(bar.from + bar.height, top),
                HEIGHT * bar.height / top));
      }
    }
    return drawing.toString();
  }

  private String area(String style, ToDoubleFunction<RunRecord.Sample> value, double top) {
    return format(
        "<path class=\"area %s\" d=\"M%.2f 100%sV100Z\"/>", style, first, steps(value, top, 'L'));
  }

  private String line(String style, ToDoubleFunction<RunRecord.Sample> value, double top) {
    return "<path class=\"line %s\" d=\"%s\"/>".formatted(style, steps(value, top, 'M'));
  }

  /** A value for each second, as steps. */
  private String steps(ToDoubleFunction<RunRecord.Sample> value, double top, char start) {
    StringBuilder path = new StringBuilder();
    char command = start;
    double from = first;
    for (RunRecord.Sample sample : run.samples()) {
      double y = scaled(value.applyAsDouble(sample), top);
      path.append(format("%c%.2f %.2fH%.2f", command, from, y, time(sample)));
      command = 'L';
      from = time(sample);
    }
    return path.toString();
  }

  private double max(ToDoubleFunction<RunRecord.Sample> value) {
    return run.samples().stream().mapToDouble(value).max().orElse(0);
  }

  private String happenings() {
    record Happening(Instant at, String words) {}
    List<Happening> all = new ArrayList<>();
    Instant start = run.flood().isEmpty() ? Instant.MAX : run.flood().getFirst().at();
    for (FloodEvent event : run.flood()) {
      Narration.of(event).ifPresent(words -> all.add(new Happening(event.at(), words)));
    }
    for (FleetChange change : run.fleet()) {
      if (!change.at().isBefore(start)) {
        Narration.of(change).ifPresent(words -> all.add(new Happening(change.at(), words)));
      }
    }
    all.sort(java.util.Comparator.comparing(Happening::at));
    StringBuilder rows = new StringBuilder();
    for (Happening happening : all) {
      rows.append(
          "<tr><td>%s s</td><td>%s</td></tr>%n"
              .formatted(number(time(happening.at), 1), Html.escape(happening.words)));
    }
    return rows.toString();
  }

  /** Seconds from the onset to the end of a sample's second. */
  private double time(RunRecord.Sample sample) {
    return (double) sample.second().second() - plan.calmSeconds();
  }

  private double time(Instant at) {
    Instant onset = run.onset().orElse(at);
    return Duration.between(onset, at).toMillis() / 1000.0;
  }

  private static double scaled(double value, double top) {
    return HEIGHT * (1 - value / top);
  }

  private static double logarithmic(double seconds) {
    double bounded = Math.clamp(seconds, LEAST_DELAY, LONGEST_DELAY);
    double share = Math.log(bounded / LEAST_DELAY) / Math.log(LONGEST_DELAY / LEAST_DELAY);
    // Room below for the smallest one's mark.
    return 95 - 90 * share;
  }

  private static String paragraphs(String words) {
    StringBuilder html = new StringBuilder();
    words.lines().forEach(line -> html.append("<p>").append(Html.escape(line)).append("</p>\n"));
    return html.toString();
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private static String template() {
    try (InputStream in = Chart.class.getResourceAsStream("chart.html")) {
      if (in == null) {
        throw new IllegalStateException("chart.html is missing beside " + Chart.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
