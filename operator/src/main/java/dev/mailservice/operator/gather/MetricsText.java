package dev.mailservice.operator.gather;

import dev.mailservice.operator.decision.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the few figures of the image contract out of OpenMetrics text.
 *
 * <p>The text comes from a pod, so nothing of it is trusted: every figure must be there once, be a
 * whole number and lie in its bounds. All other metrics are passed over.
 */
final class MetricsText {
  private static final String ACTIVE = "smtpd_sessions_active";
  private static final String LIMIT = "smtpd_process_limit";
  private static final String SATURATIONS = "smtpd_saturations_total";
  private static final Set<String> WANTED = Set.of(ACTIVE, LIMIT, SATURATIONS);

  /** Name, labels, value; a timestamp or an exemplar may follow. */
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*+})?[ \\t]+(\\S++)(?:[ \\t].*+)?");

  /** Beyond this a double no longer holds every whole number. */
  private static final double GREATEST = 1L << 53;

  private MetricsText() {}

  /**
   * The sample in {@code text}.
   *
   * @throws MalformedMetricsException if a figure is missing, twice there, or not a number that
   *     makes sense
   */
  static Sample parse(String text) throws MalformedMetricsException {
    Map<String, Long> figures = figures(text);
    long active = wanted(figures, ACTIVE, 0, Integer.MAX_VALUE);
    long limit = wanted(figures, LIMIT, 1, Integer.MAX_VALUE);
    long saturations = wanted(figures, SATURATIONS, 0, Long.MAX_VALUE);
    return new Sample((int) active, (int) limit, saturations);
  }

  private static Map<String, Long> figures(String text) throws MalformedMetricsException {
    Map<String, Long> figures = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher series = SERIES.matcher(line.stripTrailing());
      if (!series.matches() || !WANTED.contains(series.group(1))) {
        continue;
      }
      String name = series.group(1);
      if (figures.put(name, wholeNumber(name, series.group(3))) != null) {
        throw new MalformedMetricsException(name + " is there more than once");
      }
    }
    return figures;
  }

  private static long wholeNumber(String name, String value) throws MalformedMetricsException {
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException _) {
      throw new MalformedMetricsException(name + " is not a number: " + abbreviated(value));
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) <= GREATEST;
    if (!whole) {
      throw new MalformedMetricsException(name + " is not a whole number: " + abbreviated(value));
    }
    return (long) number;
  }

  private static long wanted(Map<String, Long> figures, String name, long least, long most)
      throws MalformedMetricsException {
    @Nullable Long figure = figures.get(name);
    if (figure == null) {
      throw new MalformedMetricsException(name + " is missing");
    }
    if (figure < least || figure > most) {
      throw new MalformedMetricsException(name + " is out of bounds: " + figure);
    }
    return figure;
  }

  private static String abbreviated(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }
}
