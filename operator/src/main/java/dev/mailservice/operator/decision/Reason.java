package dev.mailservice.operator.decision;

import java.util.Locale;

/**
 * Why something was decided or is so. The same word stands in conditions, events, the log, the
 * metrics and {@code status.stress.reason}, as {@link #toString()} spells it.
 */
public enum Reason {
  /** Enough pods took their last free slot or next-hop session: the fleet is saturated. */
  LAST_SLOT_TAKEN,
  /** Enough of all slots are busy: the fleet is saturated. */
  SLOTS_BUSY,
  /** {@code stress.mode} is On. */
  STRESS_REQUESTED,
  /** {@code stress.mode} is Off. */
  STRESS_FORBIDDEN,
  /** A new leader found stressed pods and no record of why. */
  STRESS_FOUND,
  /** No saturation for {@code revertAfterSeconds}. */
  SATURATION_OVER,
  /** The load needs more pods. */
  LOAD_ROSE,
  /** The load has needed fewer pods for the whole stabilization window. */
  LOAD_FELL,
  /** {@code minReplicas}, {@code maxReplicas} or {@code replicas} asks for another number. */
  REPLICAS_REQUESTED,
  /** Nothing to do; the fleet is calm. */
  STEADY,
  /** Nothing to do; the fleet is stressed and waits for {@code until}. */
  STRESSED,
  /** Not one serving pod's metrics could be read; nothing is decided on missing data. */
  NO_POD_ANSWERS,
  /** There is no serving pod. */
  NO_POD_SERVES,
  /** The pods' metrics are read. */
  POD_ANSWERS,
  /** At least one pod accepts clients. */
  POD_SERVES,
  /** A pod's image cannot be pulled. */
  IMAGE_PULL_FAILED,
  /** A pod's container ends or cannot be made. */
  CONTAINER_FAILED,
  /** A pod finds no node. */
  UNSCHEDULABLE,
  /** The Deployment cannot make pods, for example because of a quota. */
  PODS_REFUSED,
  /** Somebody else's resource has the name of one of the MailService's. */
  NAME_TAKEN,
  /** {@code main.cf} can be run. */
  CONFIG_VALID,
  /** {@code main.cf} cannot be run. */
  CONFIG_INVALID;

  private final String spelling = camelCase(name());

  /** The word as Kubernetes writes reasons, for example {@code LastSlotTaken}. */
  @Override
  public String toString() {
    return spelling;
  }

  private static String camelCase(String name) {
    var word = new StringBuilder();
    for (String part : name.split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
