package dev.mailservice.e2e.bench.report;

import dev.mailservice.e2e.chart.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as one HTML file that needs neither network nor script, light or dark. */
public final class Page {
  private Page() {}

  /** The whole page. */
  public static String html(Report report) {
    return template()
        .replace("{{about}}", about(report))
        .replace(
            "{{sections}}",
            report.sections().stream().map(Page::section).collect(Collectors.joining()));
  }

  private static String about(Report report) {
    Machine machine = report.machine();
    Versions versions = report.versions();
    return entry("Command", report.command())
        + entry("When", report.started().toString())
        + entry(
            "Machine",
            String.format(
                Locale.ROOT,
                "%s, %d cores, %.1f GiB, Linux %s, load average %.2f before",
                machine.cpu(),
                machine.cores(),
                machine.memoryBytes() / Math.pow(2, 30),
                machine.kernel(),
                machine.loadAverage()))
        + entry(
            "Versions",
            "this project %s, Debian's Postfix %s, JDK %s"
                .formatted(versions.commit(), versions.postfix(), versions.jdk()));
  }

  private static String entry(String name, String value) {
    return "<dt>%s</dt><dd>%s</dd>%n".formatted(Html.escape(name), Html.escape(value));
  }

  private static String section(SectionReport section) {
    return """
        <section id="%1$s">
        <h2>%1$s <small>%2$s</small></h2>
        <ul>%3$s</ul>
        <table>
        <thead><tr><th>what</th><th>both sides, medians; a dot for each run</th><th>ratio</th><th>floor</th></tr></thead>
        <tbody>
        %4$s</tbody>
        </table>
        %5$s</section>
        """
        .formatted(
            Html.escape(section.name()),
            Html.escape(section.description()),
            each(section.conditions(), it -> "<li>%s</li>".formatted(Html.escape(it))),
            each(section.rows(), Page::row),
            each(section.curves(), CurveDrawing::html));
  }

  private static <T> String each(List<T> list, java.util.function.Function<T, String> html) {
    return list.stream().map(html).collect(Collectors.joining());
  }

  private static String row(Row row) {
    double top =
        Math.max(
            largest(row.oursRuns(), row.ours()), largest(row.postfixRuns(), orZero(row.postfix())));
    Double postfix = row.postfix();
    return """
        <tr><td>%s <small>%s</small></td><td class="bars">%s%s</td><td class="ratio">%s</td><td class="met-%s">%s</td></tr>
        """
        .formatted(
            Html.escape(row.what()),
            Html.escape(row.unit()),
            bar("ours", "ours", row.ours(), row.oursRuns(), top),
            postfix == null ? "" : bar("postfix", "Postfix", postfix, row.postfixRuns(), top),
            Figures.plain(row.ratio()),
            row.met().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            Html.escape(TextReport.judgement(row)));
  }

  private static String bar(
      String style, String name, double value, List<Double> runs, double top) {
    String dots = each(runs, it -> "<i style=\"left:%s%%\"></i>".formatted(percent(it, top)));
    return "<div class=\"bar %s\" title=\"%s\"><span><b style=\"width:%s%%\"></b>%s</span><em>%s</em></div>"
        .formatted(style, name, percent(value, top), dots, Figures.plain(value));
  }

  private static String percent(double value, double top) {
    return String.format(Locale.ROOT, "%.2f", top > 0 ? 100 * value / top : 0);
  }

  private static double largest(List<Double> runs, double median) {
    return runs.stream().mapToDouble(Double::doubleValue).reduce(median, Math::max);
  }

  private static double orZero(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is missing beside " + Page.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
