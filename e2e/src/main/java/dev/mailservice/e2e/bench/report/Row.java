package dev.mailservice.e2e.bench.report;

import dev.mailservice.e2e.bench.report.Floor.Met;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of both sides: medians of the single runs.
 *
 * @param what is measured, and under which load
 * @param unit of the figures
 * @param ours this server's
 * @param postfix Postfix's; null where there is nothing to compare with
 * @param ratio ours divided by Postfix's; null when either is missing
 * @param floor what ours has to keep to; null for information only
 * @param met whether it does
 * @param oursRuns each run's figure, in the order of the runs
 * @param postfixRuns the same of Postfix
 */
public record Row(
    String what,
    String unit,
    double ours,
    @Nullable Double postfix,
    @Nullable Double ratio,
    @Nullable Floor floor,
    Met met,
    List<Double> oursRuns,
    List<Double> postfixRuns) {
  /** Copies the lists. */
  public Row {
    oursRuns = List.copyOf(oursRuns);
    postfixRuns = List.copyOf(postfixRuns);
  }

  /**
   * Makes a row of the figures of single runs.
   *
   * @param oursRuns at least one
   * @param postfixRuns empty where there is nothing to compare with
   * @throws IllegalArgumentException when there is none of ours
   */
  public static Row of(
      String what,
      String unit,
      List<Double> oursRuns,
      List<Double> postfixRuns,
      @Nullable Floor floor) {
    double ours = Figures.median(oursRuns);
    Double postfix = postfixRuns.isEmpty() ? null : Figures.median(postfixRuns);
    Double ratio = postfix == null || postfix == 0 ? null : ours / postfix;
    Met met = floor == null ? Met.NO_FLOOR : floor.met(ours, ratio);
    return new Row(what, unit, ours, postfix, ratio, floor, met, oursRuns, postfixRuns);
  }

  /** Whether nothing is promised of it, or what is promised is kept. */
  boolean keepsItsFloor() {
    return met == Met.YES || met == Met.NO_FLOOR;
  }
}
