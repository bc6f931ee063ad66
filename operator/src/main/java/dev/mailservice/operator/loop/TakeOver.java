package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceStatus;
import dev.mailservice.operator.api.StressStatus;
import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.Decider;
import dev.mailservice.operator.decision.FleetState;
import dev.mailservice.operator.decision.Policy;
import dev.mailservice.operator.decision.Reason;
import dev.mailservice.operator.decision.Scaling;
import dev.mailservice.operator.decision.Stress;
import dev.mailservice.operator.status.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a new leader knows of a fleet: what the last one left in the status and in the cluster. */
final class TakeOver {
  /** A new leader looks for so long before it takes any stress back. */
  private static final Duration LOOK_FIRST = Duration.ofSeconds(30);

  private TakeOver() {}

  static FleetState of(MailService mailService, Policy policy, Fleet fleet, Instant now) {
    MailServiceStatus status = MailServiceStatus.of(mailService);
    @Nullable Stress stress = stress(status.stress(), policy, fleet, now);
    return FleetState.begin(
        replicas(status, policy, fleet),
        stress,
        // Who stressed the fleet has also announced it.
        stress == null ? null : now.plus(Decider.QUIET));
  }

  private static int replicas(MailServiceStatus status, Policy policy, Fleet fleet) {
    if (status.desiredReplicas() != null) {
      return status.desiredReplicas();
    }
    return fleet
        .deployment()
        .map(deployment -> deployment.getSpec().getReplicas())
        .orElseGet(
            () ->
                switch (policy.scaling()) {
                  case Scaling.Fixed fixed -> fixed.replicas();
                  case Scaling.Automatic automatic -> automatic.minReplicas();
                });
  }

  private static @Nullable Stress stress(
      @Nullable StressStatus status, Policy policy, Fleet fleet, Instant now) {
    if (status != null && status.active()) {
      return recorded(status, policy, now);
    }
    return podsAreStressed(fleet)
        ? new Stress(now, now.plus(policy.revertAfter()), Reason.STRESS_FOUND)
        : null;
  }

  private static Stress recorded(StressStatus status, Policy policy, Instant now) {
    Reason reason = reason(status.reason());
    Optional<Instant> until = Timestamps.parse(status.until());
    boolean endless = until.isEmpty() && reason == Reason.STRESS_REQUESTED;
    return new Stress(
        Timestamps.parse(status.since()).orElse(now),
        endless
            ? null
            : until
                .map(stored -> later(stored, now.plus(LOOK_FIRST)))
                .orElse(now.plus(policy.revertAfter())),
        reason);
  }

  private static Reason reason(@Nullable String spelling) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.toString().equals(spelling))
        .findFirst()
        .orElse(Reason.STRESS_FOUND);
  }

  private static boolean podsAreStressed(Fleet fleet) {
    return fleet
        .deployment()
        .map(deployment -> deployment.getSpec().getTemplate().getMetadata().getLabels())
        .filter(labels -> "yes".equals(labels.get(Labels.STRESS)))
        .isPresent();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
