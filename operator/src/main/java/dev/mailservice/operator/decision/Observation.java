package dev.mailservice.operator.decision;

import java.util.List;

/** What one tick saw of a fleet. */
public record Observation(List<ObservedPod> pods, Rollout rollout) {
  /** Copies the pods. */
  public Observation {
    pods = List.copyOf(pods);
  }
}
