package dev.mailservice.e2e.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
  @TempDir private Path folder;

  @Test
  void a_collection_is_a_stop_of_all_threads() throws Exception {
    FlightRecording recording = recordACollection();

    assertThat(recording.collections().all())
        .isNotEmpty()
        .allSatisfy(
            collection ->
                assertThat(recording.safepoints().all())
                    .anySatisfy(
                        safepoint ->
                            assertThat(safepoint.within(collection.start(), collection.end()))
                                .isEqualTo(collection.length())));
    assertThat(recording.safepoints().total()).isGreaterThan(recording.reaching().total());
  }

  @Test
  void what_was_recorded_before_a_moment_is_not_after_it() throws Exception {
    FlightRecording recording = recordACollection();
    Instant first =
        recording.safepoints().all().stream()
            .map(Stop::start)
            .min(Instant::compareTo)
            .orElseThrow();

    assertThat(recording.between(Instant.MIN, first).safepoints().all()).isEmpty();
    assertThat(recording.between(first, Instant.MAX).safepoints().all())
        .containsExactlyInAnyOrderElementsOf(recording.safepoints().all());
  }

  private FlightRecording recordACollection() throws Exception {
    Path file = folder.resolve("collection.jfr");
    try (var recording = new Recording()) {
      FlightRecording.EVENTS.forEach(it -> recording.enable(it).withThreshold(Duration.ZERO));
      recording.start();
      System.gc();
      recording.stop();
      recording.dump(file);
    }
    return FlightRecording.read(file);
  }
}
