package dev.mailservice.e2e.bench.stall;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a Java virtual machine has recorded of its own stops, by the JDK's Flight Recorder.
 *
 * @param safepoints in which all threads stood, whatever for: from the moment at which they were
 *     asked to stop to the one at which they went on
 * @param reaching the parts of safepoints in which the first threads waited for the last to stop,
 *     which has to have a core for that
 * @param collections the parts of safepoints in which garbage was collected
 * @param classLoads in each of which one thread waited for a class; one may lie within another
 */
record FlightRecording(Stops safepoints, Stops reaching, Stops collections, Stops classLoads) {
  /** What a recording is called where several run. */
  static final String NAME = "stall";

  private static final String SAFEPOINT_BEGIN = "jdk.SafepointBegin";
  private static final String SAFEPOINT_END = "jdk.SafepointEnd";
  private static final String COLLECTION = "jdk.GCPhasePause";
  private static final String CLASS_LOAD = "jdk.ClassLoad";

  /** The events that have to be recorded, however short. */
  static final List<String> EVENTS =
      List.of(SAFEPOINT_BEGIN, SAFEPOINT_END, COLLECTION, CLASS_LOAD);

  /** The option of java(1) that records them from the start on. */
  static String javaOption() {
    return EVENTS.stream()
        .map(it -> ",+%s#enabled=true,+%s#threshold=0ms".formatted(it, it))
        .collect(
            Collectors.joining("", "-XX:StartFlightRecording:name=" + NAME + ",settings=none", ""));
  }

  /**
   * Reads a recording.
   *
   * @throws IOException when it cannot be read
   */
  static FlightRecording read(Path file) throws IOException {
    Map<Long, Stop> begun = new HashMap<>();
    Map<Long, Instant> ended = new HashMap<>();
    List<Stop> collections = new ArrayList<>();
    List<Stop> classLoads = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      switch (event.getEventType().getName()) {
        case SAFEPOINT_BEGIN -> begun.put(event.getLong("safepointId"), stop(event));
        case SAFEPOINT_END -> ended.put(event.getLong("safepointId"), event.getEndTime());
        case COLLECTION -> collections.add(stop(event));
        case CLASS_LOAD -> classLoads.add(stop(event));
        default -> {
          // Somebody else has asked for it.
        }
      }
    }
    // Of the first and the last the recording may have one end only.
    begun.keySet().retainAll(ended.keySet());
    List<Stop> safepoints = new ArrayList<>();
    begun.forEach(
        (id, begin) -> {
          Instant end = ended.getOrDefault(id, begin.end());
          safepoints.add(new Stop(begin.start(), Duration.between(begin.start(), end)));
        });
    return new FlightRecording(
        new Stops(safepoints),
        new Stops(List.copyOf(begun.values())),
        new Stops(collections),
        new Stops(classLoads));
  }

  private static Stop stop(RecordedEvent event) {
    return new Stop(event.getStartTime(), event.getDuration());
  }

  /** What has begun from one moment on and before another. */
  FlightRecording between(Instant from, Instant to) {
    return new FlightRecording(
        safepoints.between(from, to),
        reaching.between(from, to),
        collections.between(from, to),
        classLoads.between(from, to));
  }

  /** This one and another. */
  FlightRecording and(FlightRecording other) {
    return new FlightRecording(
        safepoints.and(other.safepoints),
        reaching.and(other.reaching),
        collections.and(other.collections),
        classLoads.and(other.classLoads));
  }
}
