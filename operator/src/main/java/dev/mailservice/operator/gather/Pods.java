package dev.mailservice.operator.gather;

import dev.mailservice.operator.api.ImageContract;
import dev.mailservice.operator.decision.PodPhase;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What matters here of a pod. */
final class Pods {
  private Pods() {}

  static PodPhase phase(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return PodPhase.DRAINING;
    }
    boolean ready =
        pod.getStatus() != null
            && pod.getStatus().getConditions().stream()
                .anyMatch(
                    condition ->
                        condition.getType().equals("Ready")
                            && condition.getStatus().equals("True"));
    return ready ? PodPhase.SERVING : PodPhase.STARTING;
  }

  /** Where its metrics are; nowhere before it has an address and once it is over. */
  static Optional<URI> metrics(Pod pod) {
    if (pod.getStatus() == null || !"Running".equals(pod.getStatus().getPhase())) {
      return Optional.empty();
    }
    @Nullable String address = pod.getStatus().getPodIP();
    return Optional.ofNullable(address)
        .filter(found -> !found.isEmpty())
        .map(found -> found.contains(":") ? "[" + found + "]" : found)
        .map(host -> URI.create("http://" + host + ":" + ImageContract.ADMIN_PORT + "/metrics"));
  }
}
