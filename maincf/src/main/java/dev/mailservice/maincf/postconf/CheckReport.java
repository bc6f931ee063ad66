package dev.mailservice.maincf.postconf;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.DefaultDifference;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What {@code smtpd check} says of a configuration: everything wrong or doubtful, what changes
 * under stress, and which defaults are not Postfix's.
 *
 * @param diagnostics errors and warnings, in the order of the file
 * @param lines the report, line by line
 */
public record CheckReport(List<Diagnostic> diagnostics, List<String> lines) {
  /** The ciphers that the newer defaults leave out are not there to begin with. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("tls_high_cipherlist", "tls_medium_cipherlist");

  public CheckReport {
    diagnostics = List.copyOf(diagnostics);
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file, checks and reports.
   *
   * @param source the file's name, for the messages
   * @param text the whole file, decoded as ISO-8859-1
   * @param overrides {@code -o name=value}, in order
   * @param hostname the machine's name
   * @param refusals what else the server itself has to say, about the tables that are named too
   * @throws MainCfException if an override cannot be read
   */
  public static CheckReport of(
      String source,
      String text,
      List<String> overrides,
      String hostname,
      Function<Configuration, List<Diagnostic>> refusals) {
    var found = new ArrayList<Diagnostic>();
    MainCf file = MainCf.read(source, text, found::add);
    found.addAll(file.warnings());
    found.addAll(file.likelySettings(KnownParameters::contains));
    Configuration main = KnownParameters.forServer(file, overrides, hostname);
    found.addAll(ConfigurationCheck.check(main));
    for (Diagnostic refusal : refusals.apply(main)) {
      // The server refuses by the same rule, and cannot say where.
      if (found.stream().noneMatch(it -> it.message().equals(refusal.message()))) {
        found.add(refusal);
      }
    }
    return of(source, found, main);
  }

  private static CheckReport of(
      String source, List<Diagnostic> diagnostics, Configuration configuration) {
    StressTable table = StressTable.of(configuration);
    var all =
        new ArrayList<>(
            diagnostics.stream()
                .sorted(Comparator.comparingInt(it -> place(source, it.position())))
                .toList());
    var lines = new ArrayList<String>();
    all.stream().map(CheckReport::line).forEach(lines::add);
    if (table.withEffect().isEmpty()) {
      var nothing =
          new Diagnostic(
              Severity.WARNING,
              new Position(source, 0, 0),
              "no value depends on stress: stress would change nothing, want for example"
                  + " smtpd_timeout = ${stress?{10}:{300}}s");
      all.add(nothing);
      lines.add(line(nothing));
    }
    lines.addAll(stress(table));
    lines.addAll(differences(configuration));
    lines.add("");
    lines.add(
        "%s: %s, %s"
            .formatted(
                source,
                count(all, Severity.ERROR, "error"),
                count(all, Severity.WARNING, "warning")));
    return new CheckReport(all, lines);
  }

  /** The file itself from its first line, and tables behind it. */
  private static int place(String source, Position position) {
    return position.line() == 0 || position.source().equals(source)
        ? position.line()
        : Integer.MAX_VALUE;
  }

  /** Whether anything found is of this severity. */
  public boolean has(Severity severity) {
    return diagnostics.stream().anyMatch(it -> it.severity() == severity);
  }

  private static List<String> stress(StressTable table) {
    var lines = new ArrayList<String>();
    if (table.rows().isEmpty()) {
      return lines;
    }
    lines.add("");
    lines.add("Values that depend on stress:");
    table.lines().forEach(line -> lines.add("  " + line));
    if (table.rows().stream().noneMatch(StressTable.Row::isSet)) {
      lines.add("  All of them are defaults: nothing that is set here depends on stress.");
    }
    return lines;
  }

  /** Defaults that count here and that a Postfix of 3.7 would have otherwise. */
  private static List<String> differences(Configuration configuration) {
    List<DefaultDifference> differences =
        DefaultDifference.all().stream()
            .filter(it -> it.reference().isPresent() || it.name().equals("mynetworks"))
            .filter(it -> !configuration.isSet(it.name()))
            .filter(it -> isRead(it.name()))
            .filter(it -> matters(configuration, it))
            .toList();
    if (differences.isEmpty()) {
      return List.of();
    }
    return Stream.concat(
            Stream.of("", "Defaults that count here and are not those of Postfix 3.7:"),
            differences.stream()
                .flatMap(
                    it ->
                        Stream.of(
                            "  " + PrintedLine.of(it.name() + " = " + it.here(), false),
                            "    " + it.why())))
        .toList();
  }

  /** Whether Postfix's default would be something else in this very file. */
  private static boolean matters(Configuration configuration, DefaultDifference difference) {
    String name = difference.name();
    if (WITHOUT_EFFECT.contains(name)) {
      return false;
    }
    return difference
        .reference()
        .map(
            reference ->
                !configuration
                    .override(name + "=" + reference)
                    .expand(name)
                    .equals(configuration.expand(name)))
        .orElse(true);
  }

  private static boolean isRead(String name) {
    return SmtpdParameters.named(name).filter(it -> it.support().isInUse()).isPresent();
  }

  /** {@code main.cf, line 12, column 3: error: ...}. */
  private static String line(Diagnostic diagnostic) {
    return "%s: %s: %s"
        .formatted(
            diagnostic.position(),
            diagnostic.severity().name().toLowerCase(Locale.ROOT),
            diagnostic.message());
  }

  private static String count(List<Diagnostic> diagnostics, Severity severity, String noun) {
    long count = diagnostics.stream().filter(it -> it.severity() == severity).count();
    return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }
}
