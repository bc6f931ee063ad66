package dev.mailservice.operator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a fleet from one decision to the next.
 *
 * @param replicas number of pods that was last decided
 * @param stress the fleet's stress; null while it is calm
 * @param counters the pods' saturation counters; null before the first observation
 * @param lowerNeed since when fewer pods would do; null while they would not
 * @param quietUntil until when saturation is not announced again; null if it was not of late
 * @param answeredAt when metrics were last read; null if not yet
 */
public record FleetState(
    int replicas,
    @Nullable Stress stress,
    @Nullable Counters counters,
    @Nullable LowerNeed lowerNeed,
    @Nullable Instant quietUntil,
    @Nullable Instant answeredAt) {

  /** What is known when the watching begins: what was decided before, and nothing of the pods. */
  public static FleetState begin(
      int replicas, @Nullable Stress stress, @Nullable Instant quietUntil) {
    return new FleetState(replicas, stress, null, null, quietUntil, null);
  }

  /** Whether the fleet is to be stressed. */
  public boolean stressed() {
    return stress != null;
  }
}
