package dev.mailservice.maincf.postconf;

import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.Support;
import dev.mailservice.maincf.parameters.DefaultDifference;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reference of all declared parameters as Markdown, {@code docs/parameters.md}. */
public final class ParameterReference {
  private static final String HEAD =
      """
      # Parameters

      <!-- Written by ParameterReferenceTest from the declarations; do not edit. -->

      What `main.cf` may set: every parameter that Postfix's smtpd(8) reads, this server's own, and
      those of cleanup(8) and postscreen(8) that stop mail. `smtpd postconf --explain NAME` tells the
      same of one parameter, with its value in your file.

      - **type**: what the value is read as, once `$name` is expanded, with its bounds. A time is
        digits and one of `s m h d w`.
      - **default**: before expansion. `${stress?{10}:{300}}s` is 10s under stress and 300s without.
      - **since**: the Postfix version that brought it; empty for 2.0 and before.
      - **here**: **yes** does what Postfix does; **own** is this server's and not Postfix's; **no** is
        read, checked and without effect, and gets a warning if it is not the default; **refused** stops
        or protects mail and is not implemented, so that anything but the default is an error.
      """;

  private ParameterReference() {}

  /** The whole page. */
  public static String markdown() {
    var lines = new ArrayList<String>();
    HEAD.lines().forEach(lines::add);
    lines.add("");
    lines.add(counts());
    for (Section section : SmtpdParameters.sections()) {
      lines.addAll(section(section));
    }
    lines.addAll(differences());
    return String.join("\n", lines) + "\n";
  }

  private static String counts() {
    var counts = new ArrayList<String>();
    for (Support support : Support.values()) {
      long count = SmtpdParameters.all().stream().filter(it -> it.support() == support).count();
      counts.add("%d %s".formatted(count, here(support)));
    }
    return "%d parameters: %s.".formatted(SmtpdParameters.all().size(), String.join(", ", counts));
  }

  private static List<String> section(Section section) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("## " + section.title());
    lines.add("");
    lines.add(section.description());
    lines.add("");
    lines.add("| parameter | type | default | since | here | what it does |");
    lines.add("|---|---|---|---|---|---|");
    section.parameters().forEach(it -> lines.add(row(it)));
    return lines;
  }

  private static String row(Parameter<?> parameter) {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            code(parameter.name()),
            cell(parameter.type().describe()),
            code(parameter.defaultExpression()),
            parameter.since(),
            here(parameter.support()),
            cell(parameter.description()));
  }

  private static String here(Support support) {
    return switch (support) {
      case IMPLEMENTED -> "yes";
      case NOT_IMPLEMENTED -> "no";
      case RESTRICTIVE_NOT_IMPLEMENTED -> "refused";
      case OWN -> Support.OWN.name().toLowerCase(Locale.ROOT);
    };
  }

  private static List<String> differences() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("## Defaults that differ");
    lines.add("");
    lines.add(
        "Where a default here is not what `postconf -d` of Postfix 3.7.11 prints, also of parameters");
    lines.add("that other Postfix programs read.");
    lines.add("");
    lines.add("| parameter | default here | Postfix 3.7.11 | since | why |");
    lines.add("|---|---|---|---|---|");
    for (DefaultDifference difference : DefaultDifference.all()) {
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  code(difference.name()),
                  code(difference.here()),
                  difference.onMachine()
                      ? "of the machine"
                      : difference.reference().map(ParameterReference::code).orElse("absent"),
                  difference.by(),
                  cell(difference.why())));
    }
    return lines;
  }

  private static String code(String text) {
    return text.isEmpty() ? "(empty)" : "`" + pipes(PrintedLine.of(text, false)) + "`";
  }

  private static String cell(String text) {
    return pipes(text).replace("<", "&lt;");
  }

  /** A pipe would end a table's cell, even within code. */
  private static String pipes(String text) {
    return text.replace("|", "\\|");
  }
}
