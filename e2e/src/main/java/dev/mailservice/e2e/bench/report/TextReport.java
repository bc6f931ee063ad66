package dev.mailservice.e2e.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A section's report for a terminal. */
public final class TextReport {
  private TextReport() {}

  /** All of it but curves and single runs. */
  public static String of(SectionReport section) {
    var text = new StringBuilder();
    text.append("%n%s: %s%n".formatted(section.name(), section.description()));
    section.conditions().forEach(it -> text.append("  %s%n".formatted(it)));
    text.append(System.lineSeparator()).append(table(section.rows()));
    return text.toString();
  }

  private static String table(List<Row> rows) {
    var lines = new ArrayList<List<String>>();
    lines.add(List.of("", "unit", "ours", "Postfix", "ratio", "runs", "floor"));
    for (Row row : rows) {
      lines.add(
          List.of(
              row.what(),
              row.unit(),
              Figures.plain(row.ours()),
              Figures.plain(row.postfix()),
              Figures.plain(row.ratio()),
              Integer.toString(row.oursRuns().size()),
              judgement(row)));
    }
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> line : lines) {
      var words = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        boolean number = column >= 2 && column <= 5;
        words.append("  ");
        words.append(
            String.format(Locale.ROOT, number ? "%%%ds" : "%%-%ds", widths[column])
                .formatted(line.get(column)));
      }
      text.append(words.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  /** The floor and whether it is kept; empty when there is none. */
  static String judgement(Row row) {
    Floor floor = row.floor();
    if (floor == null) {
      return "";
    }
    return switch (row.met()) {
      case YES -> "kept: " + floor.words();
      case NO -> "MISSED: " + floor.words();
      case NOT_KNOWN -> "NOT KNOWN: " + floor.words();
      case NO_FLOOR -> "";
    };
  }
}
