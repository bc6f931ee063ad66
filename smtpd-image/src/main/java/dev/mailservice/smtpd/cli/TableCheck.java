package dev.mailservice.smtpd.cli;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.ParameterType;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.RestrictionLists;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.table.TableFiles;
import dev.mailservice.smtpd.table.TableServers;
import dev.mailservice.smtpd.tls.TlsServer;
import dev.mailservice.smtpd.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens every table and certificate that a configuration names, calm and stressed, and says what is
 * wrong with it.
 *
 * <p>Tables that the server itself opens must be there. Those of parameters that are not
 * implemented keep nothing from starting: they are read where they are there, and what is wrong in
 * them is a warning for the day when they count.
 */
final class TableCheck {
  private final String source;
  private final List<Configuration> personalities;
  private final TableDirectory used;
  private final TableDirectory unused;

  private TableCheck(String source, Configuration main) {
    this.source = source;
    this.personalities = List.of(main.calm(), main.stressed());
    Path base = Path.of(main.get(MiscellaneousParameters.QUEUE_DIRECTORY));
    this.used = directory(new TableFiles(base));
    this.unused = directory(new TableFiles(base));
  }

  private static TableDirectory directory(TableFiles files) {
    return new TableDirectory(files, new TableServers(() -> 0), message -> {}, () -> 0);
  }

  /**
   * All there is to say, what keeps the server from starting as an error.
   *
   * @param source the name of {@code main.cf} in its positions
   */
  static List<Diagnostic> of(String source, Configuration main) {
    TableCheck check;
    try {
      check = new TableCheck(source, main);
    } catch (MainCfException e) {
      return List.of(); // The check of values has told.
    }
    return check.found();
  }

  private List<Diagnostic> found() {
    for (Configuration personality : personalities) {
      for (Parameter<?> parameter : SmtpdParameters.all()) {
        if (parameter.support().isInUse() || personality.isSet(parameter.name())) {
          open(personality, parameter);
        }
      }
      accessTables(personality);
      certificates(personality);
    }
    return Stream.concat(
            used.diagnostics().stream(),
            unused.diagnostics().stream().filter(this::isInTable).map(TableCheck::asWarning))
        .distinct()
        .map(this::asBytes)
        .toList();
  }

  private void open(Configuration personality, Parameter<?> parameter) {
    TableDirectory tables = parameter.support().isInUse() ? used : unused;
    try {
      if (parameter.type().equals(ParameterType.tables())) {
        tables.maps(personality, parameter.name());
      } else if (parameter.type().equals(ParameterType.patterns())) {
        tables.patterns(personality, parameter.name());
      }
    } catch (MainCfException e) {
      return; // As above.
    }
  }

  private void certificates(Configuration personality) {
    try {
      TlsServer.open(personality, TlsSettings.from(personality), used, Instant::now);
    } catch (MainCfException | IllegalArgumentException e) {
      return; // What keeps the server from starting is told as such, and values as above.
    }
  }

  /** The tables of {@code check_client_access} and its like. */
  private void accessTables(Configuration personality) {
    try {
      RestrictionLists.of(personality)
          .accessTables()
          .forEach(it -> used.accessTable(personality, it.parameter(), it.reference()));
    } catch (MainCfException e) {
      return; // As above.
    }
  }

  /** Whether something stands in a table's file, and not where the table is named. */
  private boolean isInTable(Diagnostic diagnostic) {
    return diagnostic.position().line() > 0 && !diagnostic.position().source().equals(source);
  }

  private static Diagnostic asWarning(Diagnostic diagnostic) {
    return new Diagnostic(Severity.WARNING, diagnostic.position(), diagnostic.message());
  }

  /** Tables are text, and a report is a string of bytes, as {@code main.cf} is. */
  private Diagnostic asBytes(Diagnostic diagnostic) {
    Position at = diagnostic.position();
    return new Diagnostic(
        diagnostic.severity(),
        at.source().equals(source)
            ? at
            : new Position(Command.asBytes(at.source()), at.line(), at.column()),
        Command.asBytes(diagnostic.message()));
  }
}
