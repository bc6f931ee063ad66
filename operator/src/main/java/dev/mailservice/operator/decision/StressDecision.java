package dev.mailservice.operator.decision;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a fleet is stressed.
 *
 * <p>There is hysteresis: to become stressed the fleet must be saturated by the shares of the
 * policy; to stay so, one saturated pod is enough, because taking stress back would give that pod's
 * hogs their long timeouts again.
 */
final class StressDecision {
  private StressDecision() {}

  /** The stress after {@code now}; null for calm. */
  static @Nullable Stress decide(Policy policy, @Nullable Stress before, Tally tally, Instant now) {
    return switch (policy.stressRule()) {
      case NEVER -> null;
      case ALWAYS -> requested(policy, before, tally, now);
      case WHEN_SATURATED -> whenSaturated(policy, before, tally, now);
    };
  }

  /** Whether a fleet that is stressed has reason to stay so. */
  static boolean keptUp(Policy policy, Tally tally) {
    return tally.saturated() > 0 || tally.saturation(policy).isPresent();
  }

  private static Stress requested(
      Policy policy, @Nullable Stress before, Tally tally, Instant now) {
    Stress stress = before == null ? new Stress(now, null, Reason.STRESS_REQUESTED) : before;
    return keptUp(policy, tally) ? stress.movedOnTo(now.plus(policy.revertAfter())) : stress;
  }

  private static @Nullable Stress whenSaturated(
      Policy policy, @Nullable Stress before, Tally tally, Instant now) {
    Instant later = now.plus(policy.revertAfter());
    if (before == null) {
      Optional<Reason> saturation = tally.saturation(policy);
      return saturation.map(reason -> new Stress(now, later, reason)).orElse(null);
    }
    if (keptUp(policy, tally)) {
      return before.movedOnTo(later);
    }
    if (tally.blind()) {
      return before;
    }
    boolean over = before.until() == null || !now.isBefore(before.until());
    return over ? null : before;
  }
}
