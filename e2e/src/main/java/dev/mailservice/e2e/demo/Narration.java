package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.FloodEvent;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words what happened, for the live table and the chart. */
final class Narration {
  private Narration() {}

  /** A change of the fleet; empty for one that the table's columns show anyway. */
  static Optional<String> of(FleetChange change) {
    return switch (change) {
      case FleetChange.TemplateStress c ->
          Optional.of("the operator turns stress " + (c.stressed() ? "on" : "off"));
      case FleetChange.WantedReplicas c -> Optional.of("the operator wants " + pods(c.replicas()));
      case FleetChange.PodReady c ->
          Optional.of("pod " + c.pod() + " is ready" + personality(c.stressed()));
      case FleetChange.PodDraining c ->
          Optional.of("pod " + c.pod() + " drains" + personality(c.stressed()));
      case FleetChange.OperatorEvent c -> Optional.of("event " + c.reason() + ": " + c.message());
      case FleetChange.PodCreated _, FleetChange.PodGone _, FleetChange.StatusStress _ ->
          Optional.empty();
    };
  }

  /** What the flood did; empty for what comes every second. */
  static Optional<String> of(FloodEvent event) {
    return switch (event) {
      case FloodEvent.Notice e -> Optional.of(e.text());
      case FloodEvent.Onset _ -> Optional.of("the flood begins");
      case FloodEvent.StressedBanner e -> Optional.of("first stressed greeting: " + e.banner());
      case FloodEvent.FloodEnded _ -> Optional.of("the flood is over");
      case FloodEvent.Started _, FloodEvent.Second _, FloodEvent.Mail _, FloodEvent.Summary _ ->
          Optional.empty();
    };
  }

  /** A whole run, in a few sentences, one a line. */
  static String of(Summary s) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Good mail from the flood's onset to its end: %s accepted, half of it within %s,"
            + " 99 of 100 within %s.",
        percent(s.shareFromOnset()),
        seconds(s.p50S()),
        seconds(s.p99S()));
    line(
        text,
        "The whole run: %d offered, %d accepted (%s), %d refused%s, %d timed out, %d broken.",
        s.goodOffered(),
        s.goodAccepted(),
        percent(s.share()),
        s.refused().values().stream().mapToLong(Long::longValue).sum(),
        s.refused().isEmpty() ? "" : " " + s.refused(),
        s.timedOut(),
        s.broken());
    if (s.onsetToPatchS() == null) {
      line(text, "The fleet was never told to be stressed.");
    } else {
      line(
          text,
          "The operator turned stress on %s after the onset, more pods followed %s,"
              + " the first stressed greeting came %s.",
          seconds(s.onsetToPatchS()),
          s.stressToScaleS() == null ? "never" : seconds(s.stressToScaleS()) + " later",
          s.onsetToFirstStressedBannerS() == null
              ? "never"
              : seconds(s.onsetToFirstStressedBannerS()) + " after the onset");
    }
    line(
        text,
        "At most %s; %s.",
        pods(s.replicasMax()),
        s.reverted()
            ? "calm again by itself" + calmAgain(s)
            : "the fleet did not become calm again");
    line(
        text,
        "Acknowledged to a client: %d mails; the next hop lacks %d of them.",
        s.acknowledged(),
        s.acknowledgedLost());
    return text.toString();
  }

  private static String calmAgain(Summary s) {
    return s.floodEndToCalmS() == null
        ? ""
        : ", decided " + seconds(s.floodEndToCalmS()) + " after the hogs were gone";
  }

  private static String pods(int count) {
    return count == 1 ? "1 pod" : count + " pods";
  }

  private static String personality(boolean stressed) {
    return stressed ? " (stressed)" : " (calm)";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String seconds(@Nullable Double seconds) {
    if (seconds == null) {
      return "never";
    }
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", 1000 * seconds)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
