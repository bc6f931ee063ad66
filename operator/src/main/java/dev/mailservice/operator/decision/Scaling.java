package dev.mailservice.operator.decision;

import java.time.Duration;

/** Who says how many pods there are. */
public sealed interface Scaling {

  /** Somebody else does. */
  record Fixed(int replicas) implements Scaling {}

  /**
   * The decision does.
   *
   * @param minReplicas fewest pods, at least 1
   * @param maxReplicas most pods, not less than {@code minReplicas}
   * @param targetBusyPercent share of the slots that should be busy, 1 to 100
   * @param stabilizationWindow how long fewer pods must have been enough
   */
  record Automatic(
      int minReplicas, int maxReplicas, int targetBusyPercent, Duration stabilizationWindow)
      implements Scaling {

    /** {@code replicas}, or the nearest number within the bounds. */
    int within(int replicas) {
      return Math.clamp(replicas, minReplicas, maxReplicas);
    }
  }
}
