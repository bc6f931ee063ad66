package dev.mailservice.operator.config;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.ParameterType;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.RestrictionLists;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.maincf.table.Folding;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.maincf.table.ParentDomains;
import dev.mailservice.maincf.table.PatternList;
import dev.mailservice.maincf.table.TableSource;
import dev.mailservice.maincf.table.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The tables and match lists of a {@code main.cf} as a pod would open them at its start. A pod has
 * no file but {@code main.cf}, and a server that cannot open a table does not start.
 */
final class PodTables {
  private static final TableSource NO_FILES =
      name -> {
        throw new TableSource.Unreadable(
            "a pod has no such file, want: a table without a file, inline:{ {key = value} }");
      };

  private PodTables() {}

  /**
   * The first error.
   *
   * @throws dev.mailservice.maincf.MainCfException if a value cannot be expanded
   */
  static Optional<Diagnostic> error(Configuration main) {
    var tables = new Tables(NO_FILES, NetworkTables.unreachable(), new Random(0));
    return Stream.concat(
            SmtpdParameters.all().stream()
                .filter(parameter -> parameter.support().isInUse())
                .flatMap(parameter -> diagnostics(main, parameter, tables).stream()),
            accessTables(main, tables))
        .filter(found -> found.severity() == Severity.ERROR)
        // What is wrong with a default is what is wrong with a value that it refers to.
        .min(Comparator.comparing(found -> found.position().line() == 0));
  }

  /** The tables that lists of restrictions name, {@code check_client_access type:name}. */
  private static Stream<Diagnostic> accessTables(Configuration main, Tables tables) {
    return RestrictionLists.of(main).accessTables().stream()
        .flatMap(
            it ->
                Maps.open(
                    it.parameter(), it.reference(), at(main, it.parameter()), tables, Folding.FIXED)
                    .diagnostics()
                    .stream());
  }

  private static List<Diagnostic> diagnostics(
      Configuration main, Parameter<?> parameter, Tables tables) {
    String name = parameter.name();
    if (parameter.type().equals(ParameterType.tables())) {
      return Maps.open(name, value(main, name), at(main, name), tables, Folding.FIXED)
          .diagnostics();
    }
    return parameter.type().equals(ParameterType.patterns())
        ? PatternList.parse(name, value(main, name), at(main, name), tables, ParentDomains.BY_NAME)
            .diagnostics()
        : List.of();
  }

  private static String value(Configuration main, String name) {
    return main.expand(name).orElse("");
  }

  private static Position at(Configuration main, String name) {
    return main.position(name).orElseGet(main::wholeFile);
  }
}
