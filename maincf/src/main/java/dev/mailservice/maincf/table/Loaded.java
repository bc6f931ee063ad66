package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import java.util.List;

/**
 * What came of reading something: the thing itself, and all there is to say about it.
 *
 * <p>The value is always usable and behaves as in Postfix, which leaves out a rule that it does not
 * understand, and fails every lookup in a table that it cannot open. A caller that would not run
 * with that looks at {@link #hasErrors()}.
 *
 * @param value what was read
 * @param diagnostics warnings and errors, in the order found
 */
public record Loaded<T>(T value, List<Diagnostic> diagnostics) {
  public Loaded {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether anything in it is not understood. */
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(it -> it.severity() == Severity.ERROR);
  }
}
