package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir private Path folder;
  private Path log;
  private Commands commands;

  @BeforeEach
  void inAFolder() {
    log = folder.resolve("logs/demo.log");
    commands = new Commands(folder, log, Map.of("GREETING", "hello"));
  }

  @Test
  void givesBackWhatAProgramWrites() throws InterruptedException {
    assertThat(commands.run(List.of("sh", "-c", "echo $GREETING; pwd")))
        .isEqualTo("hello\n" + folder + "\n");
  }

  @Test
  void aFailureIsOneLineWithTheProgramsLastWordsAndTheLog() throws IOException {
    assertThatThrownBy(
            () -> commands.run(List.of("sh", "-c", "echo first; echo the reason >&2; exit 3")))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith("sh -c ")
        .hasMessageEndingWith("failed with exit status 3: the reason (log: " + log + ")");
    assertThat(Files.readString(log)).contains("first\nthe reason\n");
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    assertThatThrownBy(() -> commands.run(List.of("no-such-program")))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith("no-such-program cannot be started");
  }

  @Test
  void neitherStreamBlocksTheOther() throws InterruptedException {
    Commands.Result result =
        commands.tryRun(
            List.of("sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x | tee /dev/stderr"));

    assertThat(result.output()).hasSize(300_000);
    assertThat(result.error()).hasSize(300_000);
  }
}
