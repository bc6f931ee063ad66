package dev.mailservice.maincf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A {@code main.cf} as it was written: parameters and their unexpanded values, with positions. */
public final class MainCf {
  private final String source;
  private final int length;
  private final Map<String, Definition> definitions;
  private final List<Diagnostic> warnings;

  private MainCf(
      String source, int length, Map<String, Definition> definitions, List<Diagnostic> warnings) {
    this.source = source;
    this.length = length;
    this.definitions = definitions;
    this.warnings = List.copyOf(warnings);
  }

  /** A file that sets nothing. */
  public static MainCf empty() {
    return new MainCf("main.cf", 0, Map.of(), List.of());
  }

  /**
   * Reads a file's text.
   *
   * @param source the file's name for diagnostics, for example {@code /etc/postfix/main.cf}
   * @param text the whole file; decoded as ISO-8859-1 it is, like Postfix's, a string of bytes, and
   *     whoever writes a value encodes it the same way
   * @throws MainCfException if a line is not {@code name = value}; the first such line is named
   */
  public static MainCf parse(String source, String text) {
    return read(
        source,
        text,
        diagnostic -> {
          throw new MainCfException(diagnostic);
        });
  }

  /**
   * Reads a file's text as {@link #parse} does, but goes on behind a line that cannot be read.
   *
   * @param errors is told of each such line, which is then left out
   */
  public static MainCf read(String source, String text, Consumer<Diagnostic> errors) {
    var definitions = new LinkedHashMap<String, Definition>();
    var warnings = new ArrayList<Diagnostic>();
    for (LogicalLine line : LogicalLine.split(source, text)) {
      Definition definition;
      try {
        refuseNul(line);
        if (LogicalLine.isSpace(line.text().charAt(0))) {
          warnings.add(
              Diagnostic.warning(
                  line.position(0),
                  "logical line must not start with whitespace: \"%.30s%s\", ignored"
                      .formatted(line.text(), line.text().length() > 30 ? "..." : "")));
          continue;
        }
        definition = Definition.parse(line, Definition.Origin.FILE);
      } catch (MainCfException e) {
        errors.accept(e.diagnostic());
        continue;
      }
      Definition earlier = definitions.put(definition.name(), definition);
      if (earlier != null && !earlier.value().equals(definition.value())) {
        warnings.add(
            Diagnostic.warning(
                definition.position(),
                "overriding earlier entry: %s=%s (line %d)"
                    .formatted(earlier.name(), earlier.value(), earlier.position().line())));
      }
    }
    return new MainCf(source, text.length(), definitions, warnings);
  }

  /** Postfix would take the line for finished there and say nothing. */
  private static void refuseNul(LogicalLine line) {
    int nul = line.text().indexOf('\0');
    if (nul >= 0) {
      throw MainCfException.at(line.position(nul), "NUL character, want: text without any");
    }
  }

  /**
   * Continuation lines that read like a setting of their own, which white space before the name has
   * made a part of the one before. Postfix takes them as they stand.
   *
   * @param isParameter whether there is a parameter of this name
   */
  public List<Diagnostic> likelySettings(Predicate<String> isParameter) {
    var found = new ArrayList<Diagnostic>();
    for (Definition definition : definitions.values()) {
      LogicalLine line = definition.line();
      String text = line.text();
      for (int offset : line.continuations()) {
        int start = LogicalLine.skipSpace(text, offset);
        int end = Definition.nameEnd(text, start);
        int equals = LogicalLine.skipSpace(text, end);
        String name = text.substring(start, end);
        if (equals < text.length() && text.charAt(equals) == '=' && isParameter.test(name)) {
          found.add(
              Diagnostic.warning(
                  line.position(start),
                  ("this line starts with white space and so belongs to %s; want: no white space"
                          + " before %s, if it is to be set")
                      .formatted(definition.name(), name)));
        }
      }
    }
    return found;
  }

  /** The file as a place, for what is missing from it. */
  Position wholeFile() {
    return new Position(source, 0, 0);
  }

  /** Characters of the text. */
  int length() {
    return length;
  }

  Optional<Definition> definition(String name) {
    return Optional.ofNullable(definitions.get(name));
  }

  Iterable<Definition> definitions() {
    return definitions.values();
  }

  /** What the administrator should look at, in the order of the file. */
  public List<Diagnostic> warnings() {
    return warnings;
  }
}
