package dev.mailservice.maincf.reference;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.reference.PostfixReference.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The library's answer to a case.
 *
 * @param value the expanded value
 * @param warnings what is doubtful
 * @param refusal the one reason why there is no value; empty if there is one
 */
record Answer(String value, List<String> warnings, String refusal) {
  /** What a circle through a comparison does to Postfix, which counts each operand's calls anew. */
  private static final int SEGMENTATION_FAULT = 128 + 11;

  static Answer to(Case asked) {
    try {
      MainCf file = MainCf.parse("main.cf", asked.file());
      var warnings = new ArrayList<>(messages(file.warnings()));
      Configuration configuration = Configuration.of(file, List.of());
      for (String option : asked.options()) {
        configuration = configuration.override(option);
      }
      for (String name : configuration.names()) {
        // Postfix reads no further in a value that is malformed.
        configuration.malformed(name).stream().limit(1).forEach(it -> warnings.add(it.message()));
      }
      return new Answer(configuration.expand(asked.asked()).orElse(""), warnings, "");
    } catch (MainCfException refused) {
      return new Answer("", List.of(), refused.diagnostic().message());
    }
  }

  private static List<String> messages(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Diagnostic::message).toList();
  }

  boolean isRefusal() {
    return !refusal.isEmpty();
  }

  /** How this differs from what {@code postconf} said when asked for this value alone. */
  Optional<String> differsFrom(Said theirs) {
    if (theirs.status() == SEGMENTATION_FAULT) {
      return refusal.contains("unreasonable macro call nesting")
          ? Optional.empty()
          : Optional.of("Postfix dies of its stack, and the library does not refuse");
    }
    if (theirs.status() != 0 && !isRefusal()) {
      return Optional.of("only Postfix refuses");
    }
    if (theirs.status() == 0 && isRefusal()) {
      return Optional.of("only the library refuses");
    }
    if (theirs.status() != 0) {
      return isToldBy(theirs) ? Optional.empty() : Optional.of("it refuses in other words");
    }
    return differsFrom(theirs.out(), theirs);
  }

  /**
   * How this differs from a value that {@code postconf} printed.
   *
   * @param out the value
   * @param theirs what else it said
   */
  Optional<String> differsFrom(String out, Said theirs) {
    if (!normalized(out).equals(normalized(value))) {
      return Optional.of("another value");
    }
    return warnings.stream()
        .filter(warning -> theirs.warnings().stream().noneMatch(it -> tells(it, warning)))
        .findFirst()
        .map(warning -> "only the library warns: " + warning);
  }

  private boolean isToldBy(Said theirs) {
    return theirs.warnings().stream().anyMatch(it -> tells(it, refusal))
        || theirs.fatal().stream().anyMatch(it -> tells(it, refusal));
  }

  /** Whether the library's message holds Postfix's, which may say the place first. */
  private static boolean tells(String postfix, String library) {
    String message =
        postfix
            .replaceFirst("^\\S*main\\.cf(, line \\d+)?: ", "")
            .replaceFirst("^invalid parameter override: .*: (missing .*)$", "$1");
    return printable(library).contains(printable(message));
  }

  /**
   * Postfix shows every other byte as a question mark, and has one quotation mark too many where it
   * lists the operators.
   */
  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?").replace("\"\"", "\"");
  }

  /** {@code postconf} prints one space wherever there is white space. */
  private static String normalized(String text) {
    return text.replaceAll("[ \\t\\r\\n]+", " ").strip();
  }
}
