package dev.mailservice.smtpd;

import dev.mailservice.maincf.ParameterType;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

  /** The options that have a value of their own where they are not given. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          "-c", "/etc/postfix",
          "--listen", "[::]:2525",
          "--admin", "127.0.0.1:8080",
          "--drain-timeout", "30s");

  /** A command line that cannot be understood. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * A command line that is understood, but for its values.
   *
   * @param values options of {@link #DEFAULTS}, by the name that they have there
   * @param overrides those of {@code -o}, in order
   */
  record Given(Map<String, String> values, List<String> overrides) {
    private String value(String name) {
      return Objects.requireNonNull(values.getOrDefault(name, DEFAULTS.get(name)));
    }
  }

  /** The text that {@code --help} prints. */
  static String usage() {
    return OptionGrammar.usage();
  }

  static boolean asksForHelp(String[] arguments) {
    return List.of(arguments).contains("--help") || List.of(arguments).contains("-h");
  }

  /**
   * @throws Refused if an option is unknown or its value cannot be read
   */
  static Options parse(String... arguments) throws Refused {
    Optional<Given> plain = PlainArguments.read(arguments);
    if (plain.isPresent()) {
      try {
        return of(plain.get());
      } catch (IllegalArgumentException e) {
        // The grammar knows the words for what is wrong.
      }
    }
    return of(OptionGrammar.read(arguments));
  }

  private static Options of(Given given) {
    return new Options(
        Path.of(given.value("-c")),
        given.overrides(),
        address(given.value("--listen")),
        address(given.value("--admin")),
        time(given.value("--drain-timeout")));
  }

  /**
   * @throws IllegalArgumentException if the text is no address and port
   */
  static InetSocketAddress address(String text) {
    return ListenAddress.parse(text);
  }

  /**
   * @throws IllegalArgumentException if the text is no time as {@code main.cf} has them
   */
  static Duration time(String text) {
    return ParameterType.time('s', 0, 0).read("--drain-timeout", text);
  }
}
