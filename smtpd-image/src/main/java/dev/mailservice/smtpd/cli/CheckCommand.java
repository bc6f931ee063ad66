package dev.mailservice.smtpd.cli;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.postconf.CheckReport;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.smtpd.Deliveries;
import dev.mailservice.smtpd.nexthop.ReplyTimes;
import dev.mailservice.smtpd.policy.PolicyServers;
import dev.mailservice.smtpd.sasl.AuthenticationServices;
import dev.mailservice.smtpd.session.SmtpdSettings;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.table.TableFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code smtpd check}: what the operator would say of a {@code main.cf} before a roll. */
final class CheckCommand {
  private CheckCommand() {}

  private static CommandSpec spec() {
    return CommandSpec.create()
        .name("smtpd check")
        .addOption(
            OptionSpec.builder("-c")
                .paramLabel("DIR")
                .type(String.class)
                .defaultValue("/etc/postfix")
                .description("Where main.cf is (default: ${DEFAULT-VALUE}).")
                .build())
        .addOption(
            OptionSpec.builder("-o")
                .paramLabel("name=value")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("A parameter, which wins over the file; the last one wins.")
                .build())
        .addOption(
            OptionSpec.builder("--strict")
                .type(boolean.class)
                .description("Exit with status 1 after warnings as well.")
                .build())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help and exit.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("FILE")
                .type(String.class)
                .arity("0..1")
                .description("The file to check, instead of DIR/main.cf.")
                .build());
  }

  /** Runs the command; returns the exit status. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try (out;
        err) {
      return check(arguments, out, err);
    }
  }

  private static int check(List<String> arguments, PrintStream out, PrintStream err) {
    CommandLine commandLine = new CommandLine(spec()).setExpandAtFiles(false);
    ParseResult result;
    try {
      result = commandLine.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      return fatal(e.getMessage() + " (smtpd check --help lists the options)", err);
    }
    if (result.isUsageHelpRequested()) {
      out.print(commandLine.getUsageMessage());
      return 0;
    }
    Path file = file(result);
    try {
      List<String> overrides =
          result.matchedOptionValue("-o", List.<String>of()).stream()
              .map(Command::asBytes)
              .toList();
      String source = Command.asBytes(file.toString());
      CheckReport report =
          CheckReport.of(
              source,
              MainCfFile.read(file),
              overrides,
              MachineName.get(),
              main -> refusals(source, main));
      report.lines().forEach(line -> out.print(line + "\n"));
      boolean strict = result.hasMatchedOption("--strict");
      return report.has(Severity.ERROR) || (strict && report.has(Severity.WARNING)) ? 1 : 0;
    } catch (IOException e) {
      return fatal(String.valueOf(e.getMessage()), err);
    } catch (MainCfException e) {
      return fatal(e.diagnostic().toString(), err);
    }
  }

  private static Path file(ParseResult result) {
    String named = result.matchedPositionalValue(0, "");
    return named.isEmpty()
        ? Path.of(result.matchedOptionValue("-c", "/etc/postfix"), "main.cf")
        : Path.of(named);
  }

  /** What the server itself would not start with, beside values that cannot be read. */
  private static List<Diagnostic> refusals(String source, Configuration main) {
    var refusals = new LinkedHashSet<String>();
    for (Configuration personality : List.of(main.calm(), main.stressed())) {
      // What is wrong with tables is told by their own check.
      var tables =
          new TableDirectory(
              new TableFiles(), NetworkTables.unreachable(), message -> {}, () -> 0L);
      var policies = new PolicyServers(warning -> {}, () -> 0L);
      var logins = new AuthenticationServices(() -> 0L);
      refusal(
              () ->
                  SmtpdSettings.from(
                      personality, tables, policies, logins, Clock.systemUTC()::instant))
          .ifPresent(refusals::add);
      refusal(() -> deliveries().from(personality)).ifPresent(refusals::add);
    }
    return Stream.concat(
            refusals.stream()
                .map(why -> new Diagnostic(Severity.ERROR, new Position(source, 0, 0), why)),
            TableCheck.of(source, main).stream())
        .toList();
  }

  private static Deliveries deliveries() {
    return new Deliveries(
        () -> false,
        domain -> false,
        info -> {},
        warning -> {},
        () -> {},
        new ReplyTimes(),
        Clock.systemUTC(),
        () -> 0L);
  }

  private static Optional<String> refusal(Supplier<?> reading) {
    try {
      var unused = reading.get();
      return Optional.empty();
    } catch (MainCfException e) {
      return Optional.empty(); // The check has told.
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static int fatal(String message, PrintStream err) {
    err.print("smtpd check: " + message + "\n");
    return 1;
  }
}
