package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTrackerTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = START.plusSeconds(2);

  private final ManualClock clock = new ManualClock(START);
  private final List<FleetChange> told = new ArrayList<>();
  private final FleetTracker tracker = new FleetTracker(clock, told::add);

  @Test
  void tellsAChangeOfTheTemplateOnceAndWhenItWasSeen() {
    tracker.deployment(deployment("no", 1, 1));
    clock.passes(Duration.ofSeconds(2));
    tracker.deployment(deployment("yes", 1, 1));
    tracker.deployment(deployment("yes", 2, 1));

    assertThat(told)
        .containsExactly(
            new FleetChange.TemplateStress(START, false),
            new FleetChange.WantedReplicas(START, 1),
            new FleetChange.TemplateStress(LATER, true),
            new FleetChange.WantedReplicas(LATER, 2));
    assertThat(tracker.changes()).isEqualTo(told);
  }

  @Test
  void followsAPodFromItsCreationToItsEnd() {
    tracker.pod(pod("mx-1", "yes", false, false));
    tracker.pod(pod("mx-1", "yes", true, false));
    tracker.pod(pod("mx-1", "yes", true, true));
    tracker.podGone(pod("mx-1", "yes", false, true));

    assertThat(told)
        .containsExactly(
            new FleetChange.PodCreated(START, "mx-1", true),
            new FleetChange.PodReady(START, "mx-1", true),
            new FleetChange.PodDraining(START, "mx-1", true),
            new FleetChange.PodGone(START, "mx-1", true));
  }

  @Test
  void countsStartingReadyAndDrainingPodsApart() {
    tracker.pod(pod("starting", "yes", false, false));
    tracker.pod(pod("calm", "no", true, false));
    tracker.pod(pod("stressed", "yes", true, false));
    tracker.pod(pod("draining", "no", true, true));

    FleetState state = tracker.state();

    assertThat(state.startingPods()).isEqualTo(1);
    assertThat(state.calmPods()).isEqualTo(1);
    assertThat(state.stressedPods()).isEqualTo(1);
    assertThat(state.drainingPods()).isEqualTo(1);
    assertThat(state.readyPods()).isEqualTo(2);
  }

  @Test
  void aFleetIsCalmWhenTemplateStatusAndAllPodsAre() {
    tracker.deployment(deployment("no", 1, 1));
    tracker.pod(pod("mx-1", "no", true, false));
    assertThat(tracker.state().calm()).isTrue();

    tracker.mailService(mailService(true));
    assertThat(tracker.state().calm()).isFalse();
    tracker.mailService(mailService(false));
    assertThat(tracker.state().calm()).isTrue();

    tracker.pod(pod("mx-2", "yes", true, false));
    assertThat(tracker.state().calm()).isFalse();
    tracker.podGone(pod("mx-2", "yes", true, true));

    tracker.deployment(deployment("no", 2, 1));
    assertThat(tracker.state().calm()).as("a roll that goes on").isFalse();
  }

  @Test
  void tellsTheOperatorsEventsAndNoOthers() {
    tracker.event(event("MailService", "Saturated", "uid-1"));
    tracker.event(event("MailService", "Saturated", "uid-1"));
    tracker.event(event("Pod", "Scheduled", "uid-2"));

    assertThat(told)
        .containsExactly(
            new FleetChange.OperatorEvent(START, "Warning", "Saturated", "the last slot"));
  }

  static Deployment deployment(String stress, int wanted, int ready) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("mx")
        .withGeneration(3L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(wanted)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(FleetTracker.STRESS_LABEL, stress)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(3L)
        .withReplicas(ready)
        .withUpdatedReplicas(ready)
        .withReadyReplicas(ready)
        .endStatus()
        .build();
  }

  static Pod pod(String name, String stress, boolean ready, boolean draining) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels(FleetTracker.STRESS_LABEL, stress)
        .withDeletionTimestamp(draining ? "2026-01-02T03:04:05Z" : null)
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  private static GenericKubernetesResource mailService(boolean stressed) {
    GenericKubernetesResource mailService = new GenericKubernetesResource();
    mailService.setAdditionalProperty(
        "status", Map.of("stress", Map.of("active", stressed, "reason", "LastSlotTaken")));
    return mailService;
  }

  private static Event event(String kind, String reason, String uid) {
    return new EventBuilder()
        .withNewMetadata()
        .withUid(uid)
        .endMetadata()
        .withNewInvolvedObject()
        .withKind(kind)
        .endInvolvedObject()
        .withType("Warning")
        .withReason(reason)
        .withMessage("the last slot")
        .build();
  }
}
