package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the fleet may take its stressed personality. */
public enum StressMode {
  /** When it is saturated. */
  @JsonProperty("Auto")
  AUTO,
  /** Always, to rehearse it. */
  @JsonProperty("On")
  ON,
  /** Never. */
  @JsonProperty("Off")
  OFF
}
