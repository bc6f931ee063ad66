package dev.mailservice.smtpd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Command lines as the operator and systemd units write them: known options by one name, each
 * followed by its value.
 *
 * <p>picocli would understand them, too, and {@link OptionGrammar} lets it read all others. But its
 * classes are in a form that an AOT cache cannot hold (class files of Java 5), and loading them was
 * half of the time from a container's start to its first banner; see {@code docs/start.md}.
 */
final class PlainArguments {
  private static final String OVERRIDE = "-o";
  private static final Set<String> OTHERS = Set.of("-c", "--listen", "--admin", "--drain-timeout");

  private PlainArguments() {}

  /** What they say; empty if they have a form that is not for this class to judge. */
  static Optional<Options.Given> read(String... arguments) {
    if (arguments.length % 2 != 0) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    List<String> overrides = new ArrayList<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      String value = arguments[i + 1];
      boolean plain =
          isPlain(value)
              && (name.equals(OVERRIDE)
                  ? overrides.add(value)
                  : OTHERS.contains(name) && values.put(name, value) == null);
      if (!plain) {
        return Optional.empty();
      }
    }
    return Optional.of(new Options.Given(values, overrides));
  }

  /** Not empty, and nothing that might be taken for an option or for the name of a file of them. */
  private static boolean isPlain(String value) {
    return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
  }
}
