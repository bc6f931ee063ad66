package dev.mailservice.operator.decision;

/**
 * How far the cluster has come with what it was told.
 *
 * @param replicas number of pods it was told to run
 * @param stressed whether it was told to run stressed pods
 * @param complete whether it runs exactly that, all of it available, nothing of before left
 */
public record Rollout(int replicas, boolean stressed, boolean complete) {

  /** Nothing was told yet. */
  public static final Rollout NONE = new Rollout(0, false, false);
}
