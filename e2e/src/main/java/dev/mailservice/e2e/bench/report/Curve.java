package dev.mailservice.e2e.bench.report;

import java.util.List;

/**
 * A figure over something else, for the page: memory over sessions, or over time.
 *
 * @param title what it shows
 * @param x what goes to the right, with its unit
 * @param y what goes up, with its unit
 * @param lines one or several
 */
public record Curve(String title, String x, String y, List<Line> lines) {
  /** Copies the list. */
  public Curve {
    lines = List.copyOf(lines);
  }

  /**
   * One line.
   *
   * @param side who was measured; each has a colour of its own
   * @param name what the legend calls it
   * @param points in the order of their x
   */
  public record Line(Side side, String name, List<Point> points) {
    /** Copies the list. */
    public Line {
      points = List.copyOf(points);
    }
  }

  /** Whose line it is. */
  public enum Side {
    /** This server's. */
    OURS,
    /** Postfix's. */
    POSTFIX,
    /** A straight line through the points, a limit, or the like. */
    REFERENCE
  }

  /** One point, in the units of the axes. */
  public record Point(double x, double y) {}
}
