package dev.mailservice.smtpd.cli;

import dev.mailservice.maincf.postconf.Postconf;
import dev.mailservice.maincf.postconf.Postconf.Machine;
import dev.mailservice.maincf.postconf.Postconf.Printed;
import dev.mailservice.maincf.postconf.Postconf.Source;
import dev.mailservice.maincf.postconf.PostconfOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code smtpd postconf}: what Postfix's postconf(1) shows of a {@code main.cf}. */
final class PostconfCommand {
  private static final String DEFAULT_DIRECTORY = "/etc/postfix";

  private PostconfCommand() {}

  private static CommandSpec spec() {
    return CommandSpec.create()
        .name("smtpd postconf")
        .addOption(
            OptionSpec.builder("-c")
                .paramLabel("DIR")
                .type(String.class)
                .description("Where main.cf is (default: " + DEFAULT_DIRECTORY + ").")
                .build())
        .addOption(flag("-d", "Show defaults, whatever main.cf says."))
        .addOption(flag("-f", "Fold long lines."))
        .addOption(flag("-h", "Show values without names."))
        .addOption(flag("-H", "Show names without values."))
        .addOption(flag("-n", "Show only what main.cf sets."))
        .addOption(
            OptionSpec.builder("-o")
                .paramLabel("name=value")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Override a parameter; the last one wins.")
                .build())
        .addOption(flag("-p", "Show parameters of main.cf, as without it."))
        .addOption(flag("-x", "Expand $name in values."))
        .addOption(
            flag(
                "--explain",
                "Tell of each named parameter its type, default, meaning, where it is set, and its"
                    + " value calm and stressed."))
        .addOption(
            OptionSpec.builder("--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help and exit.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("name")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description("Parameters to show; all that are known if there are none.")
                .build());
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  /** Runs the command; returns the exit status. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try (out;
        err) {
      return print(arguments, out, err);
    }
  }

  private static int print(List<String> arguments, PrintStream out, PrintStream err) {
    // As getopt(3) in Postfix: what follows the first name is a name, and -nx is -n -x.
    CommandLine commandLine =
        new CommandLine(spec()).setStopAtPositional(true).setExpandAtFiles(false);
    ParseResult result;
    try {
      result = commandLine.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      return show(
          Printed.fatal(e.getMessage() + " (smtpd postconf --help lists the options)"), out, err);
    }
    if (result.isUsageHelpRequested()) {
      out.print(commandLine.getUsageMessage());
      return 0;
    }
    PostconfOptions options = options(result);
    Optional<String> conflict = options.conflict();
    if (conflict.isPresent()) {
      return show(Printed.fatal(conflict.get()), out, err);
    }
    Source source;
    try {
      source = source(result, options);
    } catch (IOException e) {
      return show(Printed.fatal(String.valueOf(e.getMessage())), out, err);
    }
    var machine = new Machine(MachineName.get(), ProcessHandle.current().pid());
    return result.hasMatchedOption("--explain")
        ? show(Postconf.explain(options, source, machine), out, err)
        : show(Postconf.print(options, source, machine), out, err);
  }

  private static PostconfOptions options(ParseResult result) {
    return new PostconfOptions(
        result.hasMatchedOption("-d"),
        result.hasMatchedOption("-n"),
        result.hasMatchedOption("-x"),
        result.hasMatchedOption("-h"),
        result.hasMatchedOption("-H"),
        result.hasMatchedOption("-f"),
        asBytes(result.matchedOptionValue("-o", List.<String>of())),
        asBytes(result.matchedPositionalValue(0, List.<String>of())));
  }

  private static Source source(ParseResult result, PostconfOptions options) throws IOException {
    String directory = result.matchedOptionValue("-c", DEFAULT_DIRECTORY);
    String text = options.defaults() ? "" : MainCfFile.read(Path.of(directory, "main.cf"));
    return new Source(Command.asBytes(directory), result.hasMatchedOption("-c"), text);
  }

  private static List<String> asBytes(List<String> arguments) {
    return arguments.stream().map(Command::asBytes).toList();
  }

  private static int show(Printed printed, PrintStream out, PrintStream err) {
    printed.lines().forEach(line -> out.print(line + "\n"));
    out.flush();
    printed.messages().forEach(line -> err.print(line + "\n"));
    return printed.status();
  }
}
