package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.soak.Soak;
import dev.mailservice.e2e.soak.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two minutes of what {@code e2e/bench soak} does for thirty. */
class SoakIT {
  private static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

  @Test
  void memoryThreadsAndFilesStayTheSameUnderLoad() throws Exception {
    Soak.Result result =
        new Soak(ROOT, 1, ignored -> {}).run(Duration.ofMinutes(2), Duration.ofSeconds(2));

    result.verdicts().forEach(it -> System.out.println("SoakIT: " + it));
    assertThat(result.verdicts()).allMatch(Verdict::isFlat);
    assertThat(result.lost()).as("acknowledged and lost").isZero();
    assertThat(result.good().accepted()).as("good mail").isPositive();
  }
}
