package dev.mailservice.e2e.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
  /** A shell whose child works until it has taken some processor time, and ends; then it waits. */
  private static final String CHILD_THAT_WORKS =
      """
      sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done'
      echo done
      read line
      """;

  private final Process shell;
  private final ProcessTree tree;

  ProcessTreeTest() throws IOException {
    shell = new ProcessBuilder("sh", "-c", CHILD_THAT_WORKS).start();
    tree = new ProcessTree(shell.pid());
  }

  @AfterEach
  void end() throws IOException {
    try (OutputStream in = shell.getOutputStream()) {
      in.write('\n');
    }
    shell.destroyForcibly();
  }

  @Test
  void countsProcessorTimeOfChildrenWhileTheyRunAndAfterTheyHaveEnded() throws IOException {
    await().until(() -> tree.pids().size() == 2);
    CpuTime before = tree.cpu();
    assertThat(shell.inputReader().readLine()).isEqualTo("done");

    CpuTime after = tree.cpu();
    assertThat(tree.pids()).containsExactly(shell.pid());
    assertThat(after.byProgram()).containsKeys("sh", "ended children of sh");
    // A tick may be cut off when a child is waited for.
    assertThat(after.seconds()).isGreaterThanOrEqualTo(before.seconds() - 0.02).isPositive();
    assertThat(after.since(after).seconds()).isZero();
  }

  @Test
  void addsUpTheirMemory() throws IOException {
    await().until(() -> tree.pids().size() == 2);

    assertThat(tree.pssBytes()).isGreaterThan(new ProcessTree(tree.pids().getLast()).pssBytes());
  }

  @Test
  void timesOfProgramsThatWereNotThereBeforeAreTheDifference() {
    var before = new CpuTime(java.util.Map.of("a", Duration.ofMillis(500)));
    var after =
        new CpuTime(java.util.Map.of("a", Duration.ofMillis(1500), "b", Duration.ofMillis(250)));

    assertThat(after.since(before).seconds()).isEqualTo(1.25);
    assertThat(after.since(before).byProgram()).containsEntry("b", Duration.ofMillis(250));
  }
}
