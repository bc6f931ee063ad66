package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the watches tell about one MailService's objects into changes and a present state. No
 * I/O; safe for the watches' threads.
 */
final class FleetTracker {
  /** Set in the pod template by the operator, at the one place that renders stress. */
  static final String STRESS_LABEL = "mailservice.dev/stress";

  private final InstantSource clock;
  private final Consumer<FleetChange> listener;
  private final List<FleetChange> changes = new ArrayList<>();
  private final Map<String, SeenPod> pods = new HashMap<>();
  private final Set<String> seenEvents = new HashSet<>();
  private @Nullable Boolean templateStressed;
  private @Nullable Integer wantedReplicas;
  private boolean rolledOut;
  private boolean statusStressed;

  /**
   * Begins with nothing known.
   *
   * @param listener is told each change as it is seen
   */
  FleetTracker(InstantSource clock, Consumer<FleetChange> listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** Every change so far, in the order seen. */
  synchronized List<FleetChange> changes() {
    return List.copyOf(changes);
  }

  /** The fleet as it was last told. */
  synchronized FleetState state() {
    int calm = 0;
    int stressed = 0;
    int starting = 0;
    int draining = 0;
    for (SeenPod pod : pods.values()) {
      if (pod.draining) {
        draining++;
      } else if (!pod.ready) {
        starting++;
      } else if (pod.stressed) {
        stressed++;
      } else {
        calm++;
      }
    }
    return new FleetState(
        Objects.requireNonNullElse(wantedReplicas, 0),
        calm,
        stressed,
        starting,
        draining,
        Boolean.TRUE.equals(templateStressed),
        statusStressed,
        rolledOut);
  }

  synchronized void deployment(Deployment deployment) {
    boolean stressed = isStressed(deployment.getSpec().getTemplate().getMetadata().getLabels());
    if (!Objects.equals(templateStressed, stressed)) {
      templateStressed = stressed;
      add(new FleetChange.TemplateStress(clock.instant(), stressed));
    }
    int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    if (!Objects.equals(wantedReplicas, wanted)) {
      wantedReplicas = wanted;
      add(new FleetChange.WantedReplicas(clock.instant(), wanted));
    }
    rolledOut = isRolledOut(deployment, wanted);
  }

  synchronized void pod(Pod pod) {
    String name = pod.getMetadata().getName();
    boolean stressed = isStressed(pod.getMetadata().getLabels());
    Instant now = clock.instant();
    SeenPod seen = pods.get(name);
    if (seen == null) {
      seen = new SeenPod(stressed);
      pods.put(name, seen);
      add(new FleetChange.PodCreated(now, name, stressed));
    }
    boolean ready = isReady(pod);
    if (ready && !seen.ready) {
      add(new FleetChange.PodReady(now, name, stressed));
    }
    seen.ready = ready;
    if (pod.getMetadata().getDeletionTimestamp() != null && !seen.draining) {
      seen.draining = true;
      add(new FleetChange.PodDraining(now, name, stressed));
    }
  }

  synchronized void podGone(Pod pod) {
    SeenPod seen = pods.remove(pod.getMetadata().getName());
    if (seen != null) {
      add(new FleetChange.PodGone(clock.instant(), pod.getMetadata().getName(), seen.stressed));
    }
  }

  synchronized void mailService(GenericKubernetesResource mailService) {
    boolean active = Boolean.TRUE.equals(mailService.get("status", "stress", "active"));
    if (active != statusStressed) {
      statusStressed = active;
      String reason = Objects.toString(mailService.get("status", "stress", "reason"), "");
      add(new FleetChange.StatusStress(clock.instant(), active, reason));
    }
  }

  synchronized void event(Event event) {
    boolean ofMailService = "MailService".equals(event.getInvolvedObject().getKind());
    if (ofMailService && seenEvents.add(identity(event))) {
      add(
          new FleetChange.OperatorEvent(
              clock.instant(),
              Objects.toString(event.getType(), ""),
              Objects.toString(event.getReason(), ""),
              Objects.toString(event.getMessage(), "")));
    }
  }

  private void add(FleetChange change) {
    changes.add(change);
    listener.accept(change);
  }

  private static String identity(HasMetadata object) {
    return Objects.toString(object.getMetadata().getUid(), object.getMetadata().getName());
  }

  private static boolean isStressed(@Nullable Map<String, String> labels) {
    return labels != null && "yes".equals(labels.get(STRESS_LABEL));
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }

  private static boolean isRolledOut(Deployment deployment, int wanted) {
    DeploymentStatus status = deployment.getStatus();
    return status != null
        && Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Objects.requireNonNullElse(status.getReplicas(), 0) == wanted
        && Objects.requireNonNullElse(status.getUpdatedReplicas(), 0) == wanted
        && Objects.requireNonNullElse(status.getReadyReplicas(), 0) == wanted;
  }

  private static final class SeenPod {
    private final boolean stressed;
    private boolean ready;
    private boolean draining;

    SeenPod(boolean stressed) {
      this.stressed = stressed;
    }
  }
}
