package dev.mailservice.e2e.demo;

/**
 * The fleet at a moment.
 *
 * @param wantedReplicas pods that the Deployment wants
 * @param calmPods ready pods without stress, not told to end
 * @param stressedPods ready pods with stress, not told to end
 * @param startingPods pods that are not ready yet
 * @param drainingPods pods that were told to end
 * @param templateStressed whether new pods get stress=yes
 * @param statusStressed whether the MailService's status says stressed
 * @param rolledOut whether all pods are ready and from the newest template
 */
public record FleetState(
    int wantedReplicas,
    int calmPods,
    int stressedPods,
    int startingPods,
    int drainingPods,
    boolean templateStressed,
    boolean statusStressed,
    boolean rolledOut) {
  /** A fleet of which nothing is known yet. */
  static final FleetState UNKNOWN = new FleetState(0, 0, 0, 0, 0, false, false, false);

  /** Pods that take mail, but for those that drain. */
  public int readyPods() {
    return calmPods + stressedPods;
  }

  /** Whether the fleet has its calm personality, wholly. */
  public boolean calm() {
    return !templateStressed && !statusStressed && rolledOut && stressedPods == 0;
  }
}
