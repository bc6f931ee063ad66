package dev.mailservice.e2e.roll;

import dev.mailservice.e2e.flood.Delivery;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts how good mail fares, from one roll to the next. Safe for several threads. */
final class Fates {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> strangers = new ArrayList<>();
  private final Set<String> acknowledged = new HashSet<>();

  /** What was counted since the last call. */
  record Counted(Map<String, Integer> counts, List<String> strangers) {}

  synchronized void add(FloodEvent.Mail mail) {
    Delivery delivery = mail.delivery();
    counts.merge(name(delivery), 1, Integer::sum);
    if (delivery.outcome() == Outcome.ACCEPTED) {
      acknowledged.add(delivery.messageId());
    } else if (delivery.outcome() != Outcome.REFUSED) {
      strangers.add(
          "%s %s after %d ms: %s (%s)"
              .formatted(
                  mail.at(),
                  name(delivery),
                  delivery.latency().toMillis(),
                  delivery.detail(),
                  delivery.messageId()));
    }
  }

  synchronized Counted drain() {
    var counted = new Counted(new TreeMap<>(counts), List.copyOf(strangers));
    counts.clear();
    strangers.clear();
    return counted;
  }

  /** Message-IDs of all mail that was acknowledged. */
  synchronized Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  private static String name(Delivery delivery) {
    String stage = delivery.stage().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return switch (delivery.outcome()) {
      case ACCEPTED -> "accepted";
      case REFUSED -> "told %d at %s".formatted(delivery.code(), stage);
      case TIMED_OUT, UNREACHABLE, RESET, CLOSED, NOT_SMTP ->
          "%s at %s"
              .formatted(
                  delivery.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'), stage);
    };
  }
}
