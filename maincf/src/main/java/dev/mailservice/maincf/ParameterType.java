package dev.mailservice.maincf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a parameter's expanded text becomes a value, with Postfix's bounds and error texts.
 *
 * @param <T> the value's type in Java
 */
@FunctionalInterface
public interface ParameterType<T> {
  /**
   * Reads a value.
   *
   * @param name the parameter's name, for the message
   * @param value the expanded text
   * @throws IllegalArgumentException if the text is not of this type; the message is for the
   *     administrator
   */
  T read(String name, String value);

  /** Any text. */
  static ParameterType<String> string() {
    return (name, value) -> value;
  }

  /** Text with at least one character. */
  static ParameterType<String> nonEmptyString() {
    return (name, value) -> {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("bad string length 0 < 1: %s = ".formatted(name));
      }
      return value;
    };
  }

  /** {@code yes} or {@code no}, in any case. */
  static ParameterType<Boolean> bool() {
    return (name, value) ->
        switch (value.toLowerCase(Locale.ROOT)) {
          case "yes" -> true;
          case "no" -> false;
          default ->
              throw new IllegalArgumentException(
                  "bad boolean configuration: %s = %s, want: yes or no".formatted(name, value));
        };
  }

  /** A whole number within bounds, both included; 0 as the upper bound means none. */
  static ParameterType<Integer> integer(int min, int max) {
    return (name, value) -> {
      int number;
      try {
        number = Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "bad numerical configuration: %s = %s, want: a whole number".formatted(name, value), e);
      }
      checkBounds(name, number, min, max);
      return number;
    };
  }

  /**
   * A time: digits and a unit, {@code s m h d w}; without a unit the one given here.
   *
   * @param defaultUnit one of {@code s m h d w}
   * @param minSeconds the least number of seconds allowed
   */
  static ParameterType<Duration> time(char defaultUnit, int minSeconds) {
    return (name, value) -> {
      Duration time = parseTime(name, value, defaultUnit);
      checkBounds(name, time.toSeconds(), minSeconds, 0);
      return time;
    };
  }

  /** Words between commas and white space. */
  static ParameterType<List<String>> list() {
    return (name, value) ->
        Stream.of(value.split("[,\\s]+")).filter(Predicate.not(String::isEmpty)).toList();
  }

  private static Duration parseTime(String name, String value, char defaultUnit) {
    boolean hasUnit = !value.isEmpty() && Character.isLetter(value.charAt(value.length() - 1));
    char unit = hasUnit ? Character.toLowerCase(value.charAt(value.length() - 1)) : defaultUnit;
    String digits = hasUnit ? value.substring(0, value.length() - 1) : value;
    try {
      long number = Integer.parseInt(digits);
      if (number < 0) {
        throw new NumberFormatException(value);
      }
      return switch (unit) {
        case 's' -> Duration.ofSeconds(number);
        case 'm' -> Duration.ofMinutes(number);
        case 'h' -> Duration.ofHours(number);
        case 'd' -> Duration.ofDays(number);
        case 'w' -> Duration.ofDays(7 * number);
        default -> throw new NumberFormatException(value);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "parameter %s: bad time value or unit: %s, want: a number and one of s m h d w"
              .formatted(name, value),
          e);
    }
  }

  private static void checkBounds(String name, long number, long min, long max) {
    if (number < min) {
      throw new IllegalArgumentException(
          "invalid %s parameter value %d < %d".formatted(name, number, min));
    }
    if (max > 0 && number > max) {
      throw new IllegalArgumentException(
          "invalid %s parameter value %d > %d".formatted(name, number, max));
    }
  }
}
