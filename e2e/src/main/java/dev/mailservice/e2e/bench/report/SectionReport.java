package dev.mailservice.e2e.bench.report;

import java.util.List;

/**
 * What a section found out.
 *
 * @param name the section's
 * @param description what it measures
 * @param conditions under which, a sentence each: loads, settings of both sides, what is counted
 * @param rows the figures
 * @param curves for the page; may be empty
 * @param runs the data of every single run, in any form that Jackson can write
 */
public record SectionReport(
    String name,
    String description,
    List<String> conditions,
    List<Row> rows,
    List<Curve> curves,
    List<?> runs) {
  /** Copies the lists. */
  public SectionReport {
    conditions = List.copyOf(conditions);
    rows = List.copyOf(rows);
    curves = List.copyOf(curves);
    runs = List.copyOf(runs);
  }

  /** Whether no row missed its floor, or could not be judged by it. */
  public boolean keepsItsFloors() {
    return rows.stream().allMatch(Row::keepsItsFloor);
  }
}
