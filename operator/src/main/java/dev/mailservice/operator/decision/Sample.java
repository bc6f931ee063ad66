package dev.mailservice.operator.decision;

/**
 * One reading of a pod's metrics.
 *
 * @param active sessions that hold a slot
 * @param limit slots of the pod, at least 1
 * @param saturations how often the last free slot was taken, or no session with the next hop was
 *     free, since the pod started
 */
public record Sample(int active, int limit, long saturations) {

  /** Whether every slot was taken when it was read. */
  public boolean full() {
    return active >= limit;
  }
}
