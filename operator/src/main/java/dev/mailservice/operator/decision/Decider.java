package dev.mailservice.operator.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The decision. */
public final class Decider {
  /** How long saturation is not announced again, as in Postfix's master. */
  public static final Duration QUIET = Duration.ofSeconds(1000);

  /** How long nobody may answer before it is said so: a lost reading or two is no news. */
  static final Duration METRICS_GAP = Duration.ofSeconds(5);

  private Decider() {}

  /**
   * Decides what a fleet should do.
   *
   * @param policy what the user wants
   * @param before what was remembered
   * @param observation what was seen at {@code now}
   * @param now the time; never before that of the last decision
   */
  public static Decision decide(
      Policy policy, FleetState before, Observation observation, Instant now) {
    Counters counters =
        before.counters() == null ? Counters.atFirstSight(observation.pods()) : before.counters();
    Tally tally = Tally.of(observation.pods(), counters);
    @Nullable Stress stress = StressDecision.decide(policy, before.stress(), tally, now);
    ReplicasDecision replicas =
        ReplicasDecision.decide(policy, before, stress, observation, tally, now);
    @Nullable Announcement announcement = announcement(policy, before, stress, tally, now);
    var after =
        new FleetState(
            replicas.replicas(),
            stress,
            counters.after(observation.pods()),
            replicas.lowerNeed(),
            quietUntil(before, announcement, now),
            tally.blind() ? before.answeredAt() : now);
    return new Decision(
        after,
        reason(policy, before, after, tally),
        announcement,
        metrics(after, tally, now),
        tally,
        lookAgainAt(policy, after));
  }

  private static @Nullable Announcement announcement(
      Policy policy, FleetState before, @Nullable Stress stress, Tally tally, Instant now) {
    if (before.stressed() && stress == null) {
      return Announcement.STRESS_ENDED;
    }
    boolean saturated =
        stress == null
            ? tally.saturation(policy).isPresent()
            : StressDecision.keptUp(policy, tally);
    boolean quiet = before.quietUntil() != null && now.isBefore(before.quietUntil());
    return saturated && !quiet ? Announcement.SATURATED : null;
  }

  private static @Nullable Instant quietUntil(
      FleetState before, @Nullable Announcement announcement, Instant now) {
    return switch (announcement) {
      case null -> before.quietUntil();
      case SATURATED -> now.plus(QUIET);
      case STRESS_ENDED -> null;
    };
  }

  private static Reason reason(Policy policy, FleetState before, FleetState after, Tally tally) {
    if (before.stressed() != after.stressed()) {
      return stressReason(policy, after);
    }
    if (before.replicas() != after.replicas()) {
      return replicasReason(policy, before, after, tally);
    }
    if (tally.blind()) {
      return tally.serving() == 0 ? Reason.NO_POD_SERVES : Reason.NO_POD_ANSWERS;
    }
    return after.stressed() ? Reason.STRESSED : Reason.STEADY;
  }

  private static Reason stressReason(Policy policy, FleetState after) {
    if (after.stress() != null) {
      return after.stress().reason();
    }
    return policy.stressRule() == StressRule.NEVER
        ? Reason.STRESS_FORBIDDEN
        : Reason.SATURATION_OVER;
  }

  private static Reason replicasReason(
      Policy policy, FleetState before, FleetState after, Tally tally) {
    boolean bounded =
        switch (policy.scaling()) {
          case Scaling.Fixed _ -> true;
          case Scaling.Automatic automatic ->
              automatic.within(before.replicas()) == after.replicas();
        };
    if (bounded) {
      return Reason.REPLICAS_REQUESTED;
    }
    Optional<Reason> saturation = tally.saturation(policy);
    if (saturation.isPresent()) {
      return saturation.get();
    }
    return after.replicas() > before.replicas() ? Reason.LOAD_ROSE : Reason.LOAD_FELL;
  }

  private static Metrics metrics(FleetState after, Tally tally, Instant now) {
    boolean answeredOfLate =
        after.answeredAt() != null && now.isBefore(after.answeredAt().plus(METRICS_GAP));
    if (tally.serving() == 0) {
      return Metrics.NO_POD;
    }
    return answeredOfLate ? Metrics.AVAILABLE : Metrics.NO_ANSWER;
  }

  private static @Nullable Instant lookAgainAt(Policy policy, FleetState after) {
    @Nullable Instant revert =
        policy.stressRule() == StressRule.WHEN_SATURATED && after.stress() != null
            ? after.stress().until()
            : null;
    @Nullable Instant fewer =
        policy.scaling() instanceof Scaling.Automatic automatic && after.lowerNeed() != null
            ? after.lowerNeed().since().plus(automatic.stabilizationWindow())
            : null;
    return Stream.of(Optional.ofNullable(revert), Optional.ofNullable(fewer))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
