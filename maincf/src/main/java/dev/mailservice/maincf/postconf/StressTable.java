package dev.mailservice.maincf.postconf;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.StressDependent;
import dev.mailservice.maincf.Support;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Every value that depends on stress, sorted by name.
 *
 * @param rows one for each
 */
record StressTable(List<Row> rows) {
  private static final int MAX_CELL = 60;

  /**
   * One value.
   *
   * @param name the parameter
   * @param calm its expanded value without stress
   * @param stressed its expanded value with stress
   * @param origin where the value stands that counts, or {@code default}
   * @param isSet whether the file or the command line sets it
   * @param hasEffect whether the server goes by it
   */
  record Row(
      String name, String calm, String stressed, String origin, boolean isSet, boolean hasEffect) {}

  /** Of all that is set and all that the server goes by; what cannot be expanded is left out. */
  static StressTable of(Configuration configuration) {
    var names = new TreeSet<>(configuration.names());
    SmtpdParameters.all().stream()
        .map(Parameter::name)
        .filter(StressTable::hasEffect)
        .forEach(names::add);
    names.remove("stress");
    names.removeIf(KnownParameters::isRaw);
    Configuration calm = configuration.calm();
    Configuration stressed = configuration.stressed();
    var rows = new ArrayList<Row>();
    for (String name : names) {
      try {
        StressDependent.of(name, calm, stressed)
            .map(
                it ->
                    new Row(
                        name,
                        cell(it.calm()),
                        cell(it.stressed()),
                        Origin.of(configuration, name),
                        configuration.isSet(name),
                        hasEffect(name)))
            .ifPresent(rows::add);
      } catch (MainCfException e) {
        // The check has told.
        continue;
      }
    }
    return new StressTable(List.copyOf(rows));
  }

  /** A value as a table can show it. */
  private static String cell(String value) {
    String printable = value.replaceAll("[\\x00-\\x1f\\x7f]", "?");
    return printable.length() <= MAX_CELL ? printable : printable.substring(0, MAX_CELL) + "...";
  }

  private static boolean hasEffect(String name) {
    return SmtpdParameters.named(name).map(Parameter::support).filter(Support::isInUse).isPresent();
  }

  /** Those that the server goes by. */
  List<Row> withEffect() {
    return rows.stream().filter(Row::hasEffect).toList();
  }

  /** The table in lines, aligned, with a heading. */
  List<String> lines() {
    var all = new ArrayList<Row>();
    all.add(new Row("parameter", "calm", "stressed", "set in", false, false));
    all.addAll(rows);
    int name = width(all.stream().map(Row::name).toList());
    int calm = width(all.stream().map(Row::calm).toList());
    int stressed = width(all.stream().map(Row::stressed).toList());
    return all.stream()
        .map(
            row ->
                pad(row.name(), name)
                    + "  "
                    + pad(row.calm(), calm)
                    + "  "
                    + pad(row.stressed(), stressed)
                    + "  "
                    + row.origin()
                    + (row.isSet() && !row.hasEffect() ? ", without effect by itself" : ""))
        .toList();
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
