package dev.mailservice.operator.gather;

import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.Observation;
import dev.mailservice.operator.decision.ObservedPod;
import dev.mailservice.operator.decision.PodPhase;
import dev.mailservice.operator.decision.Rollout;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one observation of a fleet. Thread-safe: fleets are observed side by side. */
public final class Gatherer implements AutoCloseable {
  private final Scraper scraper;
  private final MeterRegistry meters;

  /**
   * @param identity who scrapes, told to the pods with every scrape
   * @param deadline time for all scrapes of one observation together
   * @param meters counts the scrapes by result
   */
  public Gatherer(String identity, Duration deadline, MeterRegistry meters) {
    this.scraper = new Scraper(identity, deadline);
    this.meters = meters;
  }

  /**
   * Observes {@code fleet}; returns within the deadline.
   *
   * <p>A pod that starts is asked as well, so that it is led from its first moment; one that drains
   * is not, nothing about it is decided.
   */
  public Observation gather(Fleet fleet) throws InterruptedException {
    List<Pod> asked = new ArrayList<>();
    List<URI> targets = new ArrayList<>();
    for (Pod pod : fleet.pods()) {
      Optional<URI> target = Pods.metrics(pod);
      if (target.isPresent() && Pods.phase(pod) != PodPhase.DRAINING) {
        asked.add(pod);
        targets.add(target.get());
      }
    }
    Map<String, ScrapeResult> results = new HashMap<>();
    var pods = asked.iterator();
    for (ScrapeResult result : scraper.scrape(targets)) {
      Pod pod = pods.next();
      results.put(pod.getMetadata().getUid(), result);
      count(Pods.phase(pod), result);
    }
    return new Observation(
        fleet.pods().stream().map(pod -> observed(pod, results)).toList(),
        fleet.deployment().map(DeploymentProgress::of).orElse(Rollout.NONE));
  }

  private static ObservedPod observed(Pod pod, Map<String, ScrapeResult> results) {
    @Nullable ScrapeResult result = results.get(pod.getMetadata().getUid());
    return new ObservedPod(
        pod.getMetadata().getUid(),
        Pods.phase(pod),
        result == null ? Optional.empty() : result.sample());
  }

  private void count(PodPhase phase, ScrapeResult result) {
    String outcome =
        switch (result) {
          case ScrapeResult.Answered _ -> "answered";
          case ScrapeResult.Failed failed -> failed.failure().name().toLowerCase(Locale.ROOT);
        };
    meters
        .counter(
            "mailservice.scrapes", "result", outcome, "pod", phase.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void close() {
    scraper.close();
  }
}
