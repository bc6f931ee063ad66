package dev.mailservice.operator.decision;

/** Whether the fleet may be stressed. */
public enum StressRule {
  /** When it is saturated. */
  WHEN_SATURATED,
  /** Now and as long as this rule holds. */
  ALWAYS,
  /** Not at all. */
  NEVER
}
