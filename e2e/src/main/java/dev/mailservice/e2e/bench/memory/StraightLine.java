package dev.mailservice.e2e.bench.memory;

import dev.mailservice.e2e.bench.report.Curve.Point;
import java.util.List;

/**
 * The line that is nearest to some points by the least squares.
 *
 * @param slope of the y for each x
 * @param intercept the y where x is 0
 * @param fit R²: 1 for points that are on it, 0 for points that know of none
 */
record StraightLine(double slope, double intercept, double fit) {
  /**
   * Finds it.
   *
   * @throws IllegalArgumentException for fewer than three points, which fit almost any line
   */
  static StraightLine through(List<Point> points) {
    if (points.size() < 3) {
      throw new IllegalArgumentException("fewer than three points");
    }
    double x = points.stream().mapToDouble(Point::x).average().orElseThrow();
    double y = points.stream().mapToDouble(Point::y).average().orElseThrow();
    double xx = points.stream().mapToDouble(it -> (it.x() - x) * (it.x() - x)).sum();
    double yy = points.stream().mapToDouble(it -> (it.y() - y) * (it.y() - y)).sum();
    double xy = points.stream().mapToDouble(it -> (it.x() - x) * (it.y() - y)).sum();
    double slope = xy / xx;
    return new StraightLine(slope, y - slope * x, yy == 0 ? 1 : xy * xy / (xx * yy));
  }

  double at(double x) {
    return intercept + slope * x;
  }
}
