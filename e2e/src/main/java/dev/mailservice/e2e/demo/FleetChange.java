package dev.mailservice.e2e.demo;

import java.time.Instant;

/** Something that changed in the fleet, and when the watch told so. */
public sealed interface FleetChange {
  /** When it was seen, by the clock of the machine that watches. */
  Instant at();

  /** The Deployment's pod template says stress=yes, or no longer. */
  record TemplateStress(Instant at, boolean stressed) implements FleetChange {}

  /** The Deployment wants another number of pods. */
  record WantedReplicas(Instant at, int replicas) implements FleetChange {}

  /** A pod exists. */
  record PodCreated(Instant at, String pod, boolean stressed) implements FleetChange {}

  /** A pod takes mail. */
  record PodReady(Instant at, String pod, boolean stressed) implements FleetChange {}

  /** A pod was told to end. */
  record PodDraining(Instant at, String pod, boolean stressed) implements FleetChange {}

  /** A pod is gone. */
  record PodGone(Instant at, String pod, boolean stressed) implements FleetChange {}

  /** The MailService's status says that the fleet is stressed, or no longer. */
  record StatusStress(Instant at, boolean active, String reason) implements FleetChange {}

  /** The operator recorded an event on the MailService. */
  record OperatorEvent(Instant at, String type, String reason, String message)
      implements FleetChange {}
}
