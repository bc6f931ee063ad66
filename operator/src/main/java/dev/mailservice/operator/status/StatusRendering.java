package dev.mailservice.operator.status;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceStatus;
import dev.mailservice.operator.api.StressStatus;
import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.FleetState;
import dev.mailservice.operator.decision.Metrics;
import dev.mailservice.operator.decision.Stress;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes the status of a MailService. */
public final class StatusRendering {
  private StatusRendering() {}

  /**
   * The status that {@code mailService} should have; equal to the one it has if nothing is new.
   *
   * @param state what was decided
   * @param metrics whether its pods' metrics can be read
   * @param obstacles what keeps the spec from being done
   * @param now when a condition that changes changed
   */
  public static MailServiceStatus render(
      MailService mailService,
      FleetState state,
      Metrics metrics,
      Fleet fleet,
      Obstacles obstacles,
      Instant now) {
    MailServiceStatus before = MailServiceStatus.of(mailService);
    int serving = serving(fleet);
    List<Condition> conditions =
        Stream.of(
                Judgements.ready(fleet, serving, obstacles),
                Judgements.stressed(state.stress()),
                Judgements.metricsAvailable(metrics),
                Judgements.configValid(obstacles))
            .map(judgement -> condition(judgement, mailService, before, now))
            .toList();
    return new MailServiceStatus(
        mailService.getMetadata().getGeneration(),
        replicas(fleet),
        serving,
        state.replicas(),
        Labels.selectorText(mailService.getMetadata().getName()),
        stress(before.stress(), state.stress()),
        conditions);
  }

  /** Whether the stored {@code until} no longer does for {@code stress}. */
  public static boolean untilMustMove(MailServiceStatus before, @Nullable Stress stress) {
    return !stress(before.stress(), stress).equals(before.stress());
  }

  private static StressStatus stress(@Nullable StressStatus before, @Nullable Stress stress) {
    if (stress == null) {
      return StressStatus.CALM;
    }
    Optional<Instant> stored =
        Optional.ofNullable(before).flatMap(present -> Timestamps.parse(present.until()));
    return new StressStatus(
        true,
        Timestamps.withMilliseconds(stress.since()),
        stress.until() == null
            ? null
            : Timestamps.withMilliseconds(StoredUntil.next(stored, stress.until())),
        stress.reason().toString());
  }

  private static Condition condition(
      Judgement judgement, MailService mailService, MailServiceStatus before, Instant now) {
    String type = judgement.type().toString();
    String status = judgement.holds() ? "True" : "False";
    String since =
        before.conditionsOrEmpty().stream()
            .filter(old -> type.equals(old.getType()) && status.equals(old.getStatus()))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> Timestamps.withSeconds(now));
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(judgement.reason().toString())
        .withMessage(judgement.sentence())
        .withObservedGeneration(mailService.getMetadata().getGeneration())
        .withLastTransitionTime(since)
        .build();
  }

  private static int replicas(Fleet fleet) {
    return fleet
        .deployment()
        .map(deployment -> deployment.getStatus())
        .map(status -> status.getReplicas())
        .orElse(0);
  }

  private static int serving(Fleet fleet) {
    return (int) fleet.pods().stream().filter(StatusRendering::serves).count();
  }

  private static boolean serves(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }
}
