package dev.mailservice.operator.decision;

/** Where a pod is in its life. */
public enum PodPhase {
  /** Not ready: clients do not reach it, it is no capacity yet. */
  STARTING,
  /** Ready: clients reach it. */
  SERVING,
  /** Being deleted: it serves who it has, new clients go elsewhere. */
  DRAINING
}
