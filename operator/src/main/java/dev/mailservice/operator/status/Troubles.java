package dev.mailservice.operator.status;

import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.Reason;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what keeps pods from serving. */
final class Troubles {
  private static final Set<String> IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");
  private static final Set<String> CONTAINER =
      Set.of(
          "CrashLoopBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private Troubles() {}

  /** The first trouble of {@code fleet}, if it has any. */
  static Optional<Trouble> of(Fleet fleet) {
    Stream<Trouble> ofPods =
        fleet.pods().stream()
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
            .flatMap(pod -> of(pod).stream());
    Stream<Trouble> ofDeployment = fleet.deployment().stream().flatMap(found -> of(found).stream());
    return Stream.concat(ofPods, ofDeployment).findFirst();
  }

  private static Optional<Trouble> of(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    Stream<Trouble> ofContainers =
        pod.getStatus().getContainerStatuses().stream().flatMap(status -> of(pod, status).stream());
    Stream<Trouble> ofScheduling =
        pod.getStatus().getConditions().stream()
            .filter(condition -> "Unschedulable".equals(condition.getReason()))
            .map(condition -> trouble(Reason.UNSCHEDULABLE, pod, condition.getMessage()));
    return Stream.concat(ofContainers, ofScheduling).findFirst();
  }

  private static Optional<Trouble> of(Pod pod, ContainerStatus status) {
    @Nullable ContainerStateWaiting waiting =
        status.getState() == null ? null : status.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return Optional.empty();
    }
    if (IMAGE.contains(waiting.getReason())) {
      return Optional.of(
          trouble(
              Reason.IMAGE_PULL_FAILED,
              pod,
              waiting.getReason()
                  + " for image "
                  + status.getImage()
                  + ": "
                  + said(waiting.getMessage())));
    }
    if (CONTAINER.contains(waiting.getReason())) {
      return Optional.of(
          trouble(
              Reason.CONTAINER_FAILED,
              pod,
              waiting.getReason() + ": " + said(waiting.getMessage()) + lastWords(status)));
    }
    return Optional.empty();
  }

  private static String lastWords(ContainerStatus status) {
    if (status.getLastState() == null || status.getLastState().getTerminated() == null) {
      return "";
    }
    var ended = status.getLastState().getTerminated();
    return "; it ended with exit status "
        + ended.getExitCode()
        + " ("
        + said(ended.getReason())
        + "), see its log";
  }

  private static Optional<Trouble> of(Deployment deployment) {
    if (deployment.getStatus() == null) {
      return Optional.empty();
    }
    return deployment.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("ReplicaFailure"))
        .filter(condition -> condition.getStatus().equals("True"))
        .map(condition -> new Trouble(Reason.PODS_REFUSED, said(condition.getMessage())))
        .findFirst();
  }

  private static Trouble trouble(Reason reason, Pod pod, @Nullable String words) {
    return new Trouble(reason, "pod " + pod.getMetadata().getName() + ": " + said(words));
  }

  private static String said(@Nullable String words) {
    return words == null || words.isBlank() ? "no reason given" : words.strip();
  }
}
