package dev.mailservice.smtpd;

import dev.mailservice.maincf.ParameterType;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line, the image contract's first half.
 *
 * @param configDirectory where {@code main.cf} is
 * @param overrides {@code -o name=value}, in order
 * @param listen where clients come
 * @param admin where scrapers and probes come
 * @param drainTimeout how long a drain may take
 */
record Options(
    Path configDirectory,
    List<String> overrides,
    InetSocketAddress listen,
    InetSocketAddress admin,
    Duration drainTimeout) {

  /** Declared by hand and not by annotations: reflection would cost a pod its quick start. */
  private static final CommandSpec SPEC =
      CommandSpec.create()
          .name("smtpd")
          .addOption(
              OptionSpec.builder("-c", "--config-directory")
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
                  .description(
                      "A main.cf parameter, which wins over the file; the last one wins."
                          + " Without -o stress=… the server watches its own process limit.")
                  .build())
          .addOption(
              address("--listen", "[::]:2525", "Where clients come (default: ${DEFAULT-VALUE})."))
          .addOption(
              address(
                  "--admin",
                  "127.0.0.1:8080",
                  "Where /metrics, /livez and /readyz are (default: ${DEFAULT-VALUE})."))
          .addOption(
              OptionSpec.builder("--drain-timeout")
                  .paramLabel("TIME")
                  .type(Duration.class)
                  .converters(new TimeConverter())
                  .defaultValue("30s")
                  .description(
                      "How long a drain may take after SIGTERM (default: ${DEFAULT-VALUE}).")
                  .build())
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .type(boolean.class)
                  .description("Show this help and exit.")
                  .build());

  static {
    SPEC.usageMessage()
        .footer(
            "",
            "smtpd postconf shows parameters of main.cf, smtpd check checks one, and smtpd postmap"
                + " asks a table; each has --help.");
  }

  private static OptionSpec address(String name, String defaultValue, String description) {
    return OptionSpec.builder(name)
        .paramLabel("ADDRESS:PORT")
        .type(InetSocketAddress.class)
        .converters(new AddressConverter())
        .defaultValue(defaultValue)
        .description(description)
        .build();
  }

  /** A command line that asks for help, or that cannot be understood. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** The text that {@code --help} prints. */
  static String usage() {
    return new CommandLine(SPEC).getUsageMessage();
  }

  static boolean asksForHelp(String[] arguments) {
    return List.of(arguments).contains("--help") || List.of(arguments).contains("-h");
  }

  /**
   * @throws Refused if an option is unknown or its value is not of its type
   */
  static Options parse(String[] arguments) throws Refused {
    ParseResult result;
    try {
      result = new CommandLine(SPEC).parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw new Refused(e.getMessage() + " (smtpd --help lists the options)");
    }
    return new Options(
        Path.of(CommandSpecValue.required(result, "-c", String.class)),
        overrides(result),
        CommandSpecValue.required(result, "--listen", InetSocketAddress.class),
        CommandSpecValue.required(result, "--admin", InetSocketAddress.class),
        CommandSpecValue.required(result, "--drain-timeout", Duration.class));
  }

  private static List<String> overrides(ParseResult result) {
    List<String> given = result.matchedOptionValue("-o", List.<String>of());
    return new ArrayList<>(given);
  }

  /** Typed access to options that have a default. */
  private static final class CommandSpecValue {
    static <T> T required(ParseResult result, String option, Class<T> type) {
      return type.cast(result.commandSpec().findOption(option).getValue());
    }
  }

  private static final class AddressConverter implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String value) {
      try {
        return ListenAddress.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return ParameterType.time('s', 0, 0).read("--drain-timeout", value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
