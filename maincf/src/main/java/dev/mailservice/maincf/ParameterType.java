package dev.mailservice.maincf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a parameter's expanded text becomes a value, with Postfix's bounds and error texts
 * (mail_conf_int(3), mail_conf_time(3) and their siblings). Bounds are included; as in Postfix 0
 * means no bound.
 *
 * @param <T> the value's type in Java
 */
public sealed interface ParameterType<T> {
  /**
   * Reads a value.
   *
   * @param name the parameter's name, for the message
   * @param value the expanded text
   * @throws IllegalArgumentException if the text is not of this type or out of bounds; the message
   *     is for the administrator
   */
  T read(String name, String value);

  /** The type in words, for the reference: {@code time, default unit s, at least 1s}. */
  String describe();

  /** Whether references in the value are left to whoever uses it, as for {@code CONFIG_RAW}. */
  default boolean raw() {
    return false;
  }

  /** Any text. */
  static ParameterType<String> string() {
    return new Text(0, 0, false);
  }

  /** Text with at least one character. */
  static ParameterType<String> nonEmptyString() {
    return new Text(1, 0, false);
  }

  /** Text within bounds of length, in characters. */
  static ParameterType<String> string(int min, int max) {
    return new Text(min, max, false);
  }

  /** Text that is not expanded when it is read, within bounds of length, in characters. */
  static ParameterType<String> rawString(int min, int max) {
    return new Text(min, max, true);
  }

  /** {@code yes} or {@code no}, in any case. */
  static ParameterType<Boolean> bool() {
    return new Bool();
  }

  /** A whole number of 32 bits. */
  static ParameterType<Integer> integer(int min, int max) {
    return new Int(min, max);
  }

  /** A whole number of 64 bits. */
  static ParameterType<Long> longInteger(long min, long max) {
    return new LongInt(min, max);
  }

  /**
   * A time: digits and a unit.
   *
   * @param defaultUnit one of {@code s m h d w}, for a value without a unit
   */
  static ParameterType<Duration> time(char defaultUnit, int minSeconds, int maxSeconds) {
    return new Time(defaultUnit, minSeconds, maxSeconds);
  }

  /** One word out of a set, in any case; an empty one stands for an empty value. */
  static ParameterType<String> oneOf(String... words) {
    return new Choice(List.of(words));
  }

  /** Words between commas and white space. */
  static ParameterType<List<String>> list() {
    return new Words("list of words", false);
  }

  /** Patterns of match_list(3): names, {@code .domains}, networks, {@code !no}, tables, files. */
  static ParameterType<List<String>> patterns() {
    return new Words("list of patterns", true);
  }

  /** Lookup tables, {@code type:name}. */
  static ParameterType<List<String>> tables() {
    return new Words("list of lookup tables", true);
  }

  /** Access restrictions, as {@code smtpd_recipient_restrictions} holds them. */
  static ParameterType<List<String>> restrictions() {
    return new Words("list of restrictions", true);
  }

  /** Versions of TLS: {@code >=TLSv1.2}, {@code !SSLv3}, {@code TLSv1.3}, or none for all. */
  static ParameterType<List<String>> tlsVersions() {
    return new TlsVersions();
  }

  /**
   * A host and a port, {@code host:port}, {@code inet:host:port} or {@code [address]:port}, or a
   * socket in the file system, {@code unix:/path}.
   */
  static ParameterType<String> destination() {
    return new Destination();
  }

  /** {@code CONFIG_STR} and {@code CONFIG_RAW}. */
  record Text(int min, int max, boolean raw) implements ParameterType<String> {
    @Override
    public String read(String name, String value) {
      int length = value.length();
      String template =
          (raw ? "bad string length (%d %s %d): %s = %s" : "bad string length %d %s %d: %s = %s")
              + ", want: at %s %d characters";
      if (min > 0 && length < min) {
        throw new IllegalArgumentException(
            template.formatted(length, "<", min, name, value, "least", min));
      }
      if (max > 0 && length > max) {
        throw new IllegalArgumentException(
            template.formatted(length, ">", max, name, value, "most", max));
      }
      return value;
    }

    @Override
    public String describe() {
      return (raw ? "text, expanded when used" : "text") + bounds(min, max, " characters");
    }
  }

  /** {@code CONFIG_BOOL}. */
  record Bool() implements ParameterType<Boolean> {
    @Override
    public Boolean read(String name, String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "yes" -> true;
        case "no" -> false;
        default ->
            throw new IllegalArgumentException(
                "bad boolean configuration: %s = %s, want: yes or no".formatted(name, value));
      };
    }

    @Override
    public String describe() {
      return "yes or no";
    }
  }

  /** {@code CONFIG_INT}. */
  record Int(int min, int max) implements ParameterType<Integer> {
    @Override
    public Integer read(String name, String value) {
      DecimalPrefix number = DecimalPrefix.of(value);
      if (value.isEmpty() || !number.isWhole() || number.value() != (int) number.value()) {
        throw badNumber(name, value);
      }
      checkBounds(name, number.value(), min, max);
      return (int) number.value();
    }

    @Override
    public String describe() {
      return "integer" + bounds(min, max, "");
    }
  }

  /** {@code CONFIG_LONG}. */
  record LongInt(long min, long max) implements ParameterType<Long> {
    @Override
    public Long read(String name, String value) {
      DecimalPrefix number = DecimalPrefix.of(value);
      if (value.isEmpty() || !number.isWhole()) {
        throw badNumber(name, value);
      }
      checkBounds(name, number.value(), min, max);
      return number.value();
    }

    @Override
    public String describe() {
      return "integer" + bounds(min, max, "");
    }
  }

  /**
   * {@code CONFIG_TIME}, conv_time(3).
   *
   * @param defaultUnit one of {@code s m h d w}
   */
  record Time(char defaultUnit, int min, int max) implements ParameterType<Duration> {
    @Override
    public Duration read(String name, String value) {
      DecimalPrefix number = DecimalPrefix.of(value);
      long unit = unitSeconds(number.rest());
      if (value.isEmpty() || number.overflow() || number.value() < 0 || unit < 0) {
        throw bad(name, value);
      }
      // As conv_time has it: for all units but the second the last whole one is refused as well.
      long last = unit == 1 ? Integer.MAX_VALUE : Integer.MAX_VALUE / unit - 1;
      if (number.value() > last) {
        throw bad(name, value);
      }
      long seconds = number.value() * unit;
      if (min > 0 && seconds < min) {
        throw new IllegalArgumentException(
            "invalid %s: %d (min %d), want: at least %ds".formatted(name, seconds, min, min));
      }
      if (max > 0 && seconds > max) {
        throw new IllegalArgumentException(
            "invalid %s: %d (max %d), want: at most %ds".formatted(name, seconds, max, max));
      }
      return Duration.ofSeconds(seconds);
    }

    /** Seconds of the unit that a value's rest begins with; -1 if it is none. */
    private long unitSeconds(String rest) {
      return switch (rest.isEmpty() ? defaultUnit : rest.charAt(0)) {
        case 's' -> 1;
        case 'm' -> 60;
        case 'h' -> 3600;
        case 'd' -> 24 * 3600;
        case 'w' -> 7 * 24 * 3600;
        default -> -1;
      };
    }

    private static IllegalArgumentException bad(String name, String value) {
      return new IllegalArgumentException(
          "parameter %s: bad time value or unit: %s, want: a number and one of s m h d w"
              .formatted(name, value));
    }

    @Override
    public String describe() {
      return "time, default unit " + defaultUnit + bounds(min, max, "s");
    }
  }

  /** A word out of a set. */
  record Choice(List<String> words) implements ParameterType<String> {
    @Override
    public String read(String name, String value) {
      String word = value.toLowerCase(Locale.ROOT);
      if (!words.contains(word)) {
        throw new IllegalArgumentException(
            "bad value: %s = %s, want: one of %s".formatted(name, value, allowed()));
      }
      return word;
    }

    private String allowed() {
      return String.join(
          ", ", words.stream().map(it -> it.isEmpty() ? "(empty)" : it).toArray(String[]::new));
    }

    @Override
    public String describe() {
      return "one of " + allowed();
    }
  }

  /**
   * A list.
   *
   * @param kind what it is a list of
   * @param braces whether a word in braces may hold separators, as mystrtokq(3) has it
   */
  record Words(String kind, boolean braces) implements ParameterType<List<String>> {
    @Override
    public List<String> read(String name, String value) {
      return braces ? Tokens.splitOutsideBraces(value) : Tokens.split(value);
    }

    @Override
    public String describe() {
      return kind;
    }
  }

  /** The words of {@code smtpd_tls_protocols} and its like, with each version's name as it is. */
  record TlsVersions() implements ParameterType<List<String>> {
    /** Postfix's names, the oldest version first. */
    static final List<String> NAMES =
        List.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private static final Pattern WORD = Pattern.compile("(>=|<=|!|)(.*)");

    @Override
    public List<String> read(String name, String value) {
      return Tokens.split(value.replace(':', ' ')).stream().map(it -> word(name, it)).toList();
    }

    private static String word(String name, String word) {
      Matcher matcher = WORD.matcher(word);
      Optional<String> version =
          matcher.matches()
              ? NAMES.stream().filter(it -> it.equalsIgnoreCase(matcher.group(2))).findFirst()
              : Optional.empty();
      return version
          .map(it -> matcher.group(1) + it)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "%s: no version of TLS: \"%s\", want: >=, <= or ! and one of %s"
                          .formatted(name, word, String.join(", ", NAMES))));
    }

    @Override
    public String describe() {
      return "list of TLS versions";
    }
  }

  /** A host and a port, or nothing. */
  record Destination() implements ParameterType<String> {
    @Override
    public String read(String name, String value) {
      if (value.isEmpty() || value.startsWith("unix:/")) {
        return value;
      }
      String rest = value.startsWith("inet:") ? value.substring("inet:".length()) : value;
      int colon = rest.lastIndexOf(':');
      String host = colon < 0 ? "" : rest.substring(0, colon);
      DecimalPrefix port = DecimalPrefix.of(rest.substring(colon + 1));
      if (!isHost(host)
          || rest.length() == colon + 1
          || !DecimalPrefix.isDigit(rest.charAt(colon + 1))
          || !port.isWhole()
          || port.value() < 1
          || port.value() > 65535) {
        throw new IllegalArgumentException(
            "%s: bad destination \"%s\", want: host:port or unix:/path".formatted(name, value));
      }
      return value;
    }

    private static boolean isHost(String host) {
      String inside =
          host.startsWith("[") && host.endsWith("]") && host.length() > 2
              ? host.substring(1, host.length() - 1).replace(':', '.')
              : host;
      return !inside.isEmpty() && inside.chars().noneMatch(c -> ":[]".indexOf(c) >= 0);
    }

    @Override
    public String describe() {
      return "host:port or unix:/path";
    }
  }

  private static IllegalArgumentException badNumber(String name, String value) {
    return new IllegalArgumentException(
        "bad numerical configuration: %s = %s, want: a whole number".formatted(name, value));
  }

  private static void checkBounds(String name, long number, long min, long max) {
    if (min != 0 && number < min) {
      throw new IllegalArgumentException(
          "invalid %s parameter value %d < %d, want: at least %d"
              .formatted(name, number, min, min));
    }
    if (max != 0 && number > max) {
      throw new IllegalArgumentException(
          "invalid %s parameter value %d > %d, want: at most %d".formatted(name, number, max, max));
    }
  }

  private static String bounds(long min, long max, String unit) {
    return (min != 0 ? ", at least " + min + unit : "")
        + (max != 0 ? ", at most " + max + unit : "");
  }
}
