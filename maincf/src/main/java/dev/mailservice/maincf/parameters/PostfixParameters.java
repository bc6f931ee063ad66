package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of Postfix's other programs: known by name and default, and used by nobody here.
 *
 * <p>They stand in {@code postfix.cf}, a file in the language of {@code main.cf} beside this class,
 * read when somebody first asks.
 */
public final class PostfixParameters {
  /**
   * What a delivery transport's name is put in front of, for a limit of its own; postconf_service.c
   * has the list. The parameter of the same name with {@code default} in front is the default.
   */
  private static final List<String> TRANSPORT_SUFFIXES =
      List.of(
          "_delivery_slot_cost",
          "_delivery_slot_discount",
          "_delivery_slot_loan",
          "_destination_concurrency_failed_cohort_limit",
          "_destination_concurrency_limit",
          "_destination_concurrency_negative_feedback",
          "_destination_concurrency_positive_feedback",
          "_destination_rate_delay",
          "_destination_recipient_limit",
          "_extra_recipient_limit",
          "_minimum_delivery_slots",
          "_recipient_limit",
          "_recipient_refill_delay",
          "_recipient_refill_limit",
          "_transport_rate_delay");

  private PostfixParameters() {}

  /** Whether one of Postfix's other programs reads a parameter of this name. */
  public static boolean contains(String name) {
    return defaultExpression(name).isPresent();
  }

  /**
   * The default of this parameter, before expansion; empty if none of Postfix's other programs
   * reads it. A limit of one transport has the limit of all as its default.
   */
  public static Optional<String> defaultExpression(String name) {
    return Declared.FILE.value(name).or(() -> ofTransport(name));
  }

  /** All names, sorted, but for those that begin with a transport's name. */
  public static Set<String> names() {
    return Declared.FILE.names();
  }

  private static Optional<String> ofTransport(String name) {
    if (isOfTransport(name, "_initial_destination_concurrency")) {
      return Optional.of("$initial_destination_concurrency");
    }
    if (isOfTransport(name, "_time_limit")) {
      return Optional.of("$command_time_limit");
    }
    // The longest suffix counts: a_extra_recipient_limit is not a transport's named a_extra.
    return TRANSPORT_SUFFIXES.stream()
        .filter(suffix -> isOfTransport(name, suffix))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .map(suffix -> "$default" + suffix);
  }

  private static boolean isOfTransport(String name, String suffix) {
    return name.length() > suffix.length() && name.endsWith(suffix);
  }

  private static final class Declared {
    static final Configuration FILE =
        Configuration.of(MainCf.parse("postfix.cf", text()), List.of());

    private static String text() {
      try (InputStream in = PostfixParameters.class.getResourceAsStream("postfix.cf")) {
        if (in == null) {
          throw new IllegalStateException("postfix.cf is not beside PostfixParameters");
        }
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
