package dev.mailservice.e2e.bench.report;

import dev.mailservice.e2e.bench.report.Curve.Line;
import dev.mailservice.e2e.bench.report.Curve.Point;
import dev.mailservice.e2e.chart.Axis;
import dev.mailservice.e2e.chart.Html;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Draws a curve: lines are SVG stretched to the page's width, words are HTML beside it, so that
 * they stay readable on a phone.
 */
final class CurveDrawing {
  private static final double HEADROOM = 1.08;

  private final Curve curve;
  private final double left;
  private final double right;
  private final double top;

  private CurveDrawing(Curve curve) {
    this.curve = curve;
    this.left = points(Point::x).min().orElse(0);
    double last = points(Point::x).max().orElse(1);
    this.right = last > left ? last : left + 1;
    double highest = points(Point::y).max().orElse(0);
    this.top = highest > 0 ? HEADROOM * highest : 1;
  }

  private java.util.stream.DoubleStream points(ToDoubleFunction<Point> coordinate) {
    return curve.lines().stream().flatMap(it -> it.points().stream()).mapToDouble(coordinate);
  }

  static String html(Curve curve) {
    return new CurveDrawing(curve).html();
  }

  private String html() {
    return """
        <figure>
        <figcaption>%s <small>%s, over %s</small></figcaption>
        <p class="key">%s</p>
        <div class="plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">%s</svg>
        %s</div>
        </figure>
        """
        .formatted(
            Html.escape(curve.title()),
            Html.escape(curve.y()),
            Html.escape(curve.x()),
            lines(it -> "<span class=\"key-%s\"><i></i>%s</span>".formatted(style(it), name(it))),
            lines(this::path),
            grid());
  }

  private String lines(java.util.function.Function<Line, String> drawing) {
    return curve.lines().stream().map(drawing).collect(Collectors.joining());
  }

  private static String style(Line line) {
    return line.side().name().toLowerCase(Locale.ROOT);
  }

  private static String name(Line line) {
    return Html.escape(line.name());
  }

  private String path(Line line) {
    if (line.points().isEmpty()) {
      return "";
    }
    String path =
        line.points().stream()
            .map(it -> format("%.3f %.3f", across(it.x()), 100 * (1 - it.y() / top)))
            .collect(Collectors.joining("L", "M", ""));
    return "<path class=\"line %s\" d=\"%s\"/>".formatted(style(line), path);
  }

  private double across(double x) {
    return 100 * (x - left) / (right - left);
  }

  private String grid() {
    var grid = new StringBuilder();
    double up = Axis.niceStep(top);
    for (double y = 0; y <= top; y += up) {
      grid.append(format("<span class=\"grid\" style=\"top:%.2f%%\"><b>", 100 * (1 - y / top)))
          .append(Figures.plain(y))
          .append("</b></span>");
    }
    double along = Axis.niceStep(right - left);
    for (double x = Math.ceil(left / along) * along; x <= right; x += along) {
      grid.append(format("<span class=\"mark\" style=\"left:%.2f%%\">", across(x)))
          .append(Figures.plain(x))
          .append("</span>");
    }
    return grid.append('\n').toString();
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
