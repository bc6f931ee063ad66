package dev.mailservice.operator.status;

import static dev.mailservice.operator.status.ConditionType.CONFIG_VALID;
import static dev.mailservice.operator.status.ConditionType.METRICS_AVAILABLE;
import static dev.mailservice.operator.status.ConditionType.READY;
import static dev.mailservice.operator.status.ConditionType.STRESSED;

import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.Metrics;
import dev.mailservice.operator.decision.Reason;
import dev.mailservice.operator.decision.Stress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is so of a fleet. */
final class Judgements {
  private Judgements() {}

  static Judgement ready(Fleet fleet, int serving, Obstacles obstacles) {
    Optional<Trouble> trouble = trouble(fleet, obstacles);
    if (trouble.isPresent()) {
      String still = serving == 0 ? "" : " (" + serving + " other pods accept clients)";
      return new Judgement(READY, false, trouble.get().reason(), trouble.get().sentence() + still);
    }
    return serving == 0
        ? new Judgement(
            READY, false, Reason.NO_POD_SERVES, "no pod accepts clients yet; they are starting")
        : new Judgement(READY, true, Reason.POD_SERVES, "pods accept clients");
  }

  private static Optional<Trouble> trouble(Fleet fleet, Obstacles obstacles) {
    if (obstacles.takenName().isPresent()) {
      return Optional.of(
          new Trouble(
              Reason.NAME_TAKEN,
              "there is already a "
                  + obstacles.takenName().get()
                  + " that does not belong to this MailService: delete it or choose another name"));
    }
    if (obstacles.config().isPresent() && fleet.deployment().isEmpty()) {
      return Optional.of(new Trouble(Reason.CONFIG_INVALID, obstacles.config().get()));
    }
    return Troubles.of(fleet);
  }

  static Judgement configValid(Obstacles obstacles) {
    return obstacles
        .config()
        .map(
            problem ->
                new Judgement(
                    CONFIG_VALID,
                    false,
                    Reason.CONFIG_INVALID,
                    problem + " (pods keep the main.cf they have)"))
        .orElseGet(
            () -> new Judgement(CONFIG_VALID, true, Reason.CONFIG_VALID, "spec.mainCf can be run"));
  }

  static Judgement stressed(@Nullable Stress stress) {
    if (stress == null) {
      return new Judgement(STRESSED, false, Reason.STEADY, "pods run with stress=");
    }
    String why =
        switch (stress.reason()) {
          case LAST_SLOT_TAKEN -> "pods took their last free slot or next-hop session";
          case SLOTS_BUSY -> "nearly all slots were busy";
          case STRESS_REQUESTED -> "spec.stress.mode is On";
          default -> "a new leader found the pods stressed";
        };
    return new Judgement(
        STRESSED,
        true,
        stress.reason(),
        why
            + "; pods run with stress=yes until "
            + (stress.until() == null ? "that is changed" : "status.stress.until"));
  }

  static Judgement metricsAvailable(Metrics metrics) {
    return switch (metrics) {
      case AVAILABLE ->
          new Judgement(METRICS_AVAILABLE, true, Reason.POD_ANSWERS, "pods report their slots");
      case NO_ANSWER ->
          new Judgement(
              METRICS_AVAILABLE,
              false,
              Reason.NO_POD_ANSWERS,
              "no serving pod answers on its admin port; scale and stress stay as they are (look"
                  + " for a NetworkPolicy that keeps the operator from it)");
      case NO_POD ->
          new Judgement(
              METRICS_AVAILABLE,
              false,
              Reason.NO_POD_SERVES,
              "there is no serving pod to ask; scale and stress stay as they are");
    };
  }
}
