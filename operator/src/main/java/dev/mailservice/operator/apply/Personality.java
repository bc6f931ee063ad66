package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.Labels;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.util.Map;

/**
 * The two personalities of a pod, and how a fleet changes into each: the only place that renders
 * stress.
 */
enum Personality {
  /** {@code -o stress=}; rolled to gently. */
  CALM("", "no", "25%"),
  /** {@code -o stress=yes}; rolled to by a fleet of its own beside the old, which is full. */
  STRESSED("yes", "yes", "100%");

  private final String option;
  private final String label;
  private final String surge;

  Personality(String option, String label, String surge) {
    this.option = option;
    this.label = label;
    this.surge = surge;
  }

  static Personality of(Target target) {
    return target.stressed() ? STRESSED : CALM;
  }

  /** Whether a pod with these {@code labels} has this personality. */
  boolean isOf(Map<String, String> labels) {
    return label.equals(labels.get(Labels.STRESS));
  }

  /** The value of the server's option {@code -o}. */
  String option() {
    return "stress=" + option;
  }

  /** The value of the pod template's label {@link Labels#STRESS}. */
  String label() {
    return label;
  }

  /** How pods of this personality replace others: capacity never falls on the way. */
  DeploymentStrategy strategy() {
    return new DeploymentStrategyBuilder()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxSurge(surge)
        .withNewMaxUnavailable(0)
        .endRollingUpdate()
        .build();
  }
}
