package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void leavesRoomForGoodMailThatWaitsAsLongAsItsPatience() {
    assertThat(OpenFiles.roomForHogs(20_000, 5, Duration.ofSeconds(30))).isEqualTo(19_650);
  }

  @Test
  void neverAllowsFewerThanNoHogs() {
    assertThat(OpenFiles.roomForHogs(256, 100, Duration.ofSeconds(30))).isZero();
    assertThat(OpenFiles.roomForHogs(Long.MAX_VALUE, 5, Duration.ofSeconds(30)))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void knowsTheLimitOfThisProcess() {
    assertThat(OpenFiles.limit()).isPositive();
  }
}
