package dev.mailservice.e2e.soak;

import java.util.List;

/**
 * A straight line through points by least squares.
 *
 * @param slope of the line
 * @param standardError of the slope, from what the points differ from the line; that they do so
 *     independently of each other is assumed
 * @param points how many
 */
public record Trend(double slope, double standardError, int points) {
  private static final int LEAST_POINTS = 3;

  /**
   * A point.
   *
   * @param x what it goes by
   * @param y what is measured
   */
  public record Point(double x, double y) {}

  /**
   * The line through these.
   *
   * @throws IllegalArgumentException for fewer than three points, or all at one place
   */
  public static Trend of(List<Point> points) {
    int count = points.size();
    double meanX = points.stream().mapToDouble(Point::x).average().orElse(0);
    double meanY = points.stream().mapToDouble(Point::y).average().orElse(0);
    double xx = points.stream().mapToDouble(it -> square(it.x() - meanX)).sum();
    double xy = points.stream().mapToDouble(it -> (it.x() - meanX) * (it.y() - meanY)).sum();
    if (count < LEAST_POINTS || xx == 0) {
      throw new IllegalArgumentException("no line through " + points);
    }
    double slope = xy / xx;
    double rest =
        points.stream().mapToDouble(it -> square(it.y() - meanY - slope * (it.x() - meanX))).sum();
    return new Trend(slope, Math.sqrt(rest / (count - 2) / xx), count);
  }

  /** What the slope is very probably less than: two standard errors above it. */
  public double atMost() {
    return slope + 2 * standardError;
  }

  private static double square(double value) {
    return value * value;
  }
}
