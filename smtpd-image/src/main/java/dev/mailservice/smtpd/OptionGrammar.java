package dev.mailservice.smtpd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * All that the command line may be, its help, and what is said of one that cannot be understood.
 *
 * <p>A pod's start does without it, see {@link PlainArguments}.
 */
final class OptionGrammar {
  private OptionGrammar() {}

  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("smtpd")
            .addOption(
                option("-c", "--config-directory")
                    .paramLabel("DIR")
                    .description("Where main.cf is (default: ${DEFAULT-VALUE}).")
                    .build())
            .addOption(
                OptionSpec.builder("-o")
                    .paramLabel("name=value")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .description(
                        "A main.cf parameter, which wins over the file; the last one wins."
                            + " Without -o stress=… the server watches its own process limit.")
                    .build())
            .addOption(
                option("--listen")
                    .paramLabel("ADDRESS:PORT")
                    .converters(checked(Options::address))
                    .description("Where clients come (default: ${DEFAULT-VALUE}).")
                    .build())
            .addOption(
                option("--admin")
                    .paramLabel("ADDRESS:PORT")
                    .converters(checked(Options::address))
                    .description(
                        "Where /metrics, /livez and /readyz are (default: ${DEFAULT-VALUE}).")
                    .build())
            .addOption(
                option("--drain-timeout")
                    .paramLabel("TIME")
                    .converters(checked(Options::time))
                    .description(
                        "How long a drain may take after SIGTERM (default: ${DEFAULT-VALUE}).")
                    .build())
            .addOption(
                OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .type(boolean.class)
                    .description("Show this help and exit.")
                    .build());
    spec.usageMessage()
        .footer(
            "",
            "smtpd postconf shows parameters of main.cf, smtpd check checks one, and smtpd postmap"
                + " asks a table; each has --help.");
    return spec;
  }

  private static OptionSpec.Builder option(String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .defaultValue(Options.DEFAULTS.get(names[0]));
  }

  private interface Reading {
    Object read(String value);
  }

  /** The value as it was given, if it can be read. */
  private static ITypeConverter<String> checked(Reading reading) {
    return value -> {
      try {
        var unused = reading.read(value);
        return value;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  /** The text that {@code --help} prints. */
  static String usage() {
    return new CommandLine(spec()).getUsageMessage();
  }

  /**
   * Reads any command line.
   *
   * @throws Options.Refused if an option is unknown or its value cannot be read
   */
  static Options.Given read(String... arguments) throws Options.Refused {
    ParseResult result;
    try {
      result = new CommandLine(spec()).parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw new Options.Refused(e.getMessage() + " (smtpd --help lists the options)");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : Options.DEFAULTS.keySet()) {
      if (result.hasMatchedOption(name)) {
        values.put(name, result.matchedOptionValue(name, ""));
      }
    }
    return new Options.Given(values, result.matchedOptionValue("-o", List.of()));
  }
}
