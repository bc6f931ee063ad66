package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who sets the number of pods. */
public enum ScalingMode {
  /** The operator does, within the bounds. */
  @JsonProperty("Auto")
  AUTO,
  /** {@code spec.replicas} does: a person, {@code kubectl scale} or an autoscaler. */
  @JsonProperty("Off")
  OFF
}
