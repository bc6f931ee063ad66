package dev.mailservice.e2e;

import dev.mailservice.e2e.bench.BenchCommand;
import dev.mailservice.e2e.flood.FloodCommand;
import dev.mailservice.e2e.roll.RollsCommand;
import dev.mailservice.e2e.sink.SinkCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Chooses the tool that the first argument names. */
@Command(
    name = "e2e",
    mixinStandardHelpOptions = true,
    description = "Tools that test a mail server under flood.",
    subcommands = {FloodCommand.class, SinkCommand.class, BenchCommand.class, RollsCommand.class})
public final class E2e {
  private E2e() {}

  /** Runs a tool; the exit status is 0, 1 when it failed, or 2 when its arguments are wrong. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new E2e())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
              return 1;
            });
  }
}
