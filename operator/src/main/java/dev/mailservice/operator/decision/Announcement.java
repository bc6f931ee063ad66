package dev.mailservice.operator.decision;

/** Something a person wants to be told once. */
public enum Announcement {
  /** The fleet is saturated. */
  SATURATED,
  /** Stress is taken back. */
  STRESS_ENDED
}
