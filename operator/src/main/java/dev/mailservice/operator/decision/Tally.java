package dev.mailservice.operator.decision;

import java.util.List;
import java.util.Optional;

/**
 * A fleet in numbers. Pods that start or drain are counted apart and are neither capacity nor load.
 *
 * @param starting pods that are not ready
 * @param serving pods that clients reach
 * @param draining pods that are being deleted
 * @param answering serving pods whose metrics were read
 * @param saturated answering pods that are saturated
 * @param busy busy slots of the answering pods
 * @param slots all slots of the answering pods
 */
public record Tally(
    int starting, int serving, int draining, int answering, int saturated, int busy, int slots) {

  static Tally of(List<ObservedPod> pods, Counters counters) {
    int starting = 0;
    int serving = 0;
    int draining = 0;
    int answering = 0;
    int saturated = 0;
    int busy = 0;
    int slots = 0;
    for (ObservedPod pod : pods) {
      switch (pod.phase()) {
        case STARTING -> starting++;
        case DRAINING -> draining++;
        case SERVING -> {
          serving++;
          Optional<Sample> sample = pod.sample();
          answering += sample.isPresent() ? 1 : 0;
          saturated += counters.saturated(pod) ? 1 : 0;
          busy += sample.map(Sample::active).orElse(0);
          slots += sample.map(Sample::limit).orElse(0);
        }
      }
    }
    return new Tally(starting, serving, draining, answering, saturated, busy, slots);
  }

  /** Serving pods whose metrics could not be read. */
  public int unknown() {
    return serving - answering;
  }

  /** Whether nothing is known: no serving pod's metrics were read. */
  public boolean blind() {
    return answering == 0;
  }

  /**
   * Why the fleet is saturated by the shares of {@code policy}, if it is. Unknown pods are absent:
   * neither share counts them.
   */
  Optional<Reason> saturation(Policy policy) {
    if (saturated > 0 && 100L * saturated >= (long) policy.saturatedPodsPercent() * answering) {
      return Optional.of(Reason.LAST_SLOT_TAKEN);
    }
    if (slots > 0 && 100L * busy >= (long) policy.busyPercent() * slots) {
      return Optional.of(Reason.SLOTS_BUSY);
    }
    return Optional.empty();
  }
}
