package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
  private final Undo undo = new Undo();
  private final List<String> done = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  @Test
  void takesTheNewestBackFirstAndEachOnce() {
    undo.add("cluster", () -> done.add("cluster"));
    undo.add("installation", () -> done.add("installation"));

    run();
    run();

    assertThat(done).containsExactly("installation", "cluster");
  }

  @Test
  void goesOnWhenAStepFailsAndSaysSo() {
    undo.add("cluster", () -> done.add("cluster"));
    undo.add(
        "installation",
        () -> {
          throw new StepFailed("no answer");
        });

    run();

    assertThat(done).containsExactly("cluster");
    assertThat(failed).containsExactly("installation: no answer");
  }

  private void run() {
    undo.run((what, why) -> failed.add(what + ": " + why));
  }
}
