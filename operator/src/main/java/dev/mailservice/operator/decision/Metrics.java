package dev.mailservice.operator.decision;

/** Whether the pods' metrics can be read, a short gap aside. */
public enum Metrics {
  /** They can. */
  AVAILABLE,
  /** Serving pods do not answer. */
  NO_ANSWER,
  /** There is no serving pod to ask. */
  NO_POD
}
