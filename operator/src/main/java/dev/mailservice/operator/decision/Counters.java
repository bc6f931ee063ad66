package dev.mailservice.operator.decision;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pods' saturation counters as they were last read, to see between two readings what no reading
 * saw.
 *
 * <p>Three kinds of pod: one that was there when the watching began is not known until it is read
 * first, since its counter tells of older times; one that appeared later began at 0; one whose
 * counter fell was restarted and began at 0 again.
 */
final class Counters {
  private static final long NOT_READ = -1;

  private final Map<String, Long> lastByUid;

  private Counters(Map<String, Long> lastByUid) {
    this.lastByUid = Map.copyOf(lastByUid);
  }

  /** Those of pods that may have been counting for long. */
  static Counters atFirstSight(Collection<ObservedPod> pods) {
    return new Counters(
        pods.stream().collect(toMap(ObservedPod::uid, _ -> NOT_READ, (first, _) -> first)));
  }

  /** Whether {@code pod} was saturated since the last reading, or is at this one. */
  boolean saturated(ObservedPod pod) {
    Optional<Sample> sample = pod.sample();
    return sample.isPresent() && (sample.get().full() || grew(pod.uid(), sample.get()));
  }

  private boolean grew(String uid, Sample sample) {
    @Nullable Long last = lastByUid.get(uid);
    long before = last == null ? 0 : last;
    if (before == NOT_READ) {
      return false;
    }
    boolean restarted = sample.saturations() < before;
    return restarted ? sample.saturations() > 0 : sample.saturations() > before;
  }

  /** The counters after {@code pods} were read; pods that are gone are forgotten. */
  Counters after(List<ObservedPod> pods) {
    Map<String, Long> next = new HashMap<>();
    for (ObservedPod pod : pods) {
      long kept = lastByUid.getOrDefault(pod.uid(), 0L);
      next.put(pod.uid(), pod.sample().map(Sample::saturations).orElse(kept));
    }
    return new Counters(next);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counters counters && lastByUid.equals(counters.lastByUid);
  }

  @Override
  public int hashCode() {
    return lastByUid.hashCode();
  }

  @Override
  public String toString() {
    return lastByUid.toString();
  }
}
