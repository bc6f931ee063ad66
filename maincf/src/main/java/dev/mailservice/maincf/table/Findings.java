package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.Position;
import java.util.ArrayList;
import java.util.List;

/** Gathers what there is to say while something is read. */
final class Findings {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  void warning(Position position, String message) {
    diagnostics.add(new Diagnostic(Severity.WARNING, position, message));
  }

  void error(Position position, String message) {
    diagnostics.add(new Diagnostic(Severity.ERROR, position, message));
  }

  /**
   * What was found with a table; what is about the place that names it names the parameter, too.
   */
  void add(Diagnostic diagnostic, String parameter) {
    diagnostics.add(
        diagnostic.message().startsWith(parameter + ": ")
            ? diagnostic
            : new Diagnostic(
                diagnostic.severity(),
                diagnostic.position(),
                parameter + ": " + diagnostic.message()));
  }

  <T> Loaded<T> with(T value) {
    return new Loaded<>(value, diagnostics);
  }
}
