package dev.mailservice.operator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many pods a fleet has.
 *
 * @param replicas the number
 * @param lowerNeed since when fewer would do, to remember
 */
record ReplicasDecision(int replicas, @Nullable LowerNeed lowerNeed) {

  static ReplicasDecision decide(
      Policy policy,
      FleetState before,
      @Nullable Stress stress,
      Observation observation,
      Tally tally,
      Instant now) {
    return switch (policy.scaling()) {
      case Scaling.Fixed fixed -> new ReplicasDecision(fixed.replicas(), null);
      case Scaling.Automatic automatic ->
          new Automatic(policy, automatic, before, stress, observation.rollout(), tally, now)
              .decide();
    };
  }

  /** The decision's own terms, so that its steps need not hand them to each other. */
  private record Automatic(
      Policy policy,
      Scaling.Automatic scaling,
      FleetState before,
      @Nullable Stress stress,
      Rollout rollout,
      Tally tally,
      Instant now) {

    ReplicasDecision decide() {
      int current = scaling.within(before.replicas());
      if (tally.blind()) {
        return new ReplicasDecision(current, null);
      }
      if (tally.saturation(policy).isPresent() && (onset() || lastStepObserved())) {
        int doubled = Math.max(2 * current, needed(tally.busy()));
        return new ReplicasDecision(scaling.within(doubled), null);
      }
      if (stress != null) {
        return new ReplicasDecision(current, null);
      }
      int needed = scaling.within(needed(tally.busy()));
      return needed > current ? new ReplicasDecision(needed, null) : perhapsFewer(current);
    }

    /** The first saturated tick, which does not wait for what was going on. */
    private boolean onset() {
      return stress != null && before.stress() == null;
    }

    /**
     * Whether what was last decided runs and every pod of it was read. Before that the same flood
     * is no reason for more.
     */
    private boolean lastStepObserved() {
      return settled() && tally.answering() >= before.replicas();
    }

    private boolean settled() {
      return rollout.complete()
          && rollout.replicas() == before.replicas()
          && rollout.stressed() == before.stressed();
    }

    private ReplicasDecision perhapsFewer(int current) {
      // For this question an unknown pod is full.
      int busyAtMost = tally.busy() + tally.unknown() * policy.processLimit();
      int needed = scaling.within(needed(busyAtMost));
      if (before.stressed() || !settled() || needed >= current) {
        return new ReplicasDecision(current, null);
      }
      @Nullable LowerNeed earlier = before.lowerNeed();
      LowerNeed lower =
          earlier == null
              ? new LowerNeed(now, needed)
              : new LowerNeed(earlier.since(), Math.max(earlier.highest(), needed));
      boolean longEnough = !now.isBefore(lower.since().plus(scaling.stabilizationWindow()));
      if (!longEnough || tally.unknown() > 0) {
        return new ReplicasDecision(current, lower);
      }
      int half = (current + 1) / 2;
      return new ReplicasDecision(Math.max(lower.highest(), half), null);
    }

    /** Pods that {@code busy} sessions need at the target, at least one. */
    private int needed(int busy) {
      long wanted =
          Math.ceilDiv(100L * busy, (long) policy.processLimit() * scaling.targetBusyPercent());
      return (int) Math.clamp(wanted, 1, Integer.MAX_VALUE / 2);
    }
  }
}
