package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.soak.Gauge;
import dev.mailservice.e2e.soak.Soak;
import dev.mailservice.e2e.soak.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Two minutes of what {@code e2e/bench soak} does for thirty. Resident memory is printed and judged
 * only there: for some minutes it grows with the code that the JVM's second compiler makes, and
 * what a session leaves behind is seen in live objects, threads and files.
 */
class SoakIT {
  private static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

  @Test
  void memoryThreadsAndFilesStayTheSameUnderLoad() throws Exception {
    Soak.Result result =
        new Soak(ROOT, 1, ignored -> {}).run(Duration.ofMinutes(2), Duration.ofSeconds(2));

    result.verdicts().forEach(it -> System.out.println("SoakIT: " + it));
    assertThat(result.verdicts())
        .filteredOn(it -> it.gauge() != Gauge.RESIDENT_MEMORY)
        .hasSize(Gauge.values().length - 1)
        .allMatch(Verdict::isFlat);
    assertThat(result.lost()).as("acknowledged and lost").isZero();
    assertThat(result.good().accepted()).as("good mail").isPositive();
  }
}
