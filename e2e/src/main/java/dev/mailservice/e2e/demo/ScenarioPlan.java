package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.HogKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The flood that a fleet is to meet.
 *
 * @param hogs how many slow clients
 * @param kind what they do
 * @param goodPerSecond good mails a second
 * @param patienceSeconds how long a good client tries
 * @param calmSeconds good mail alone before the flood
 * @param floodSeconds how long the hogs stay
 * @param revertAfterSeconds how long the fleet stays stressed after it was last saturated
 * @param seed makes two runs offer the same
 */
public record ScenarioPlan(
    int hogs,
    HogKind kind,
    double goodPerSecond,
    int patienceSeconds,
    int calmSeconds,
    int floodSeconds,
    int revertAfterSeconds,
    long seed) {
  /** What the demo's main.cf adds to the greeting under stress. */
  private static final String STRESSED_BANNER = "condition RED";

  /** Beyond the time that the revert itself may take, a roll of all pods and their drains. */
  private static final Duration REVERT_ROLL = Duration.ofSeconds(120);

  /** How long to wait for the fleet's return after the last hog. */
  Duration longestRevert() {
    return Duration.ofSeconds(revertAfterSeconds).plus(REVERT_ROLL);
  }

  /** The flood tool's arguments, all but its target. */
  List<String> floodArguments() {
    return List.of(
        "--json",
        "--hogs",
        Integer.toString(hogs),
        "--kind",
        kind.name().toLowerCase(Locale.ROOT),
        "--good",
        Double.toString(goodPerSecond),
        "--patience",
        Integer.toString(patienceSeconds),
        "--calm",
        Integer.toString(calmSeconds),
        "--seconds",
        Integer.toString(floodSeconds),
        "--seed",
        Long.toString(seed),
        "--stressed-banner",
        STRESSED_BANNER);
  }
}
