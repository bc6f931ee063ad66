package dev.mailservice.e2e.bench;

import dev.mailservice.e2e.bench.report.Machine;
import dev.mailservice.e2e.bench.report.Page;
import dev.mailservice.e2e.bench.report.Report;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.report.TextReport;
import dev.mailservice.e2e.bench.report.Versions;
import dev.mailservice.e2e.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code e2e bench smtpd}. */
@Command(
    name = "smtpd",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Measures this server beside Debian's Postfix and prints both, their ratio and whether it is"
          + " what was promised. Needs root, and a machine that does nothing else.",
      "Exit status: 0, 1 when it failed or a floor was missed, 2 when the arguments are wrong."
    })
public final class SmtpdCommand implements Callable<Integer> {
  private final List<Section> sections;

  @Parameters(
      paramLabel = "SECTION",
      arity = "0..*",
      description = "what to measure, see --list (default: all)")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "list the sections and end")
  private boolean list;

  @Option(names = "--quick", description = "fewer cases, shorter runs")
  private boolean quick;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "how often each side is measured in turn (default: as the section wants it)")
  private @Nullable Integer runs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "same seed, same random choices",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the report with the data of every single run")
  private @Nullable Path json;

  @Option(
      names = "--page",
      paramLabel = "FILE.html",
      description = "write the report as a page that needs neither network nor script")
  private @Nullable Path page;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command with all sections. */
  public SmtpdCommand() {
    this(Sections.ALL);
  }

  SmtpdCommand(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      sections.forEach(it -> out.printf("%-12s %s%n", it.name(), it.description()));
      return 0;
    }
    if (runs != null && runs < 1) {
      throw new ParameterException(spec.commandLine(), "--runs must be 1 or more");
    }
    Path project = Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
    PrintWriter err = spec.commandLine().getErr();
    var plan =
        new BenchPlan(
            quick,
            runs == null ? OptionalInt.empty() : OptionalInt.of(runs),
            seed,
            project,
            err::println);
    Machine machine = Machine.here();
    var started = Clock.systemUTC().instant();
    var measured = new ArrayList<SectionReport>();
    for (Section section : chosen()) {
      plan.progress().accept(section.name() + ": " + section.description());
      SectionReport report = section.measure(plan);
      out.println(TextReport.of(report));
      out.flush();
      measured.add(report);
      // After each, so that a long run that is broken off has something to show.
      write(new Report(started, command(), machine, Versions.of(project), measured));
    }
    return measured.stream().allMatch(SectionReport::keepsItsFloors) ? 0 : 1;
  }

  private List<Section> chosen() {
    for (String name : names) {
      if (sections.stream().noneMatch(it -> it.name().equals(name))) {
        throw new ParameterException(
            spec.commandLine(), "no section '%s': --list lists them".formatted(name));
      }
    }
    return sections.stream().filter(it -> names.isEmpty() || names.contains(it.name())).toList();
  }

  private String command() {
    return "e2e/" + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private void write(Report report) throws Exception {
    if (json != null) {
      Json.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
    }
    if (page != null) {
      Files.writeString(page, Page.html(report));
    }
  }
}
