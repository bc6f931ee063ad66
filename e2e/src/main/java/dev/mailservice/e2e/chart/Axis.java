package dev.mailservice.e2e.chart;

import java.util.List;

/** Where an axis has its marks. */
public final class Axis {
  private Axis() {}

  /** A step of 1, 2 or 5 times a power of ten that divides a range into about five. */
  public static double niceStep(double range) {
    double rough = range / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : List.of(1.0, 2.0, 5.0)) {
      if (rough <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
