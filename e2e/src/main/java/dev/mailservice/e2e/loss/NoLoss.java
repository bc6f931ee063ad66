package dev.mailservice.e2e.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plays many rounds, those that a results file does not have yet. */
public final class NoLoss {
  private final Path project;
  private final int lanes;
  private final Consumer<String> progress;

  /**
   * @param project the folder of the built project
   * @param lanes how many rounds are played at a time
   * @param progress is told of each round, a line at a time
   */
  public NoLoss(Path project, int lanes, Consumer<String> progress) {
    this.project = project;
    this.lanes = lanes;
    this.progress = progress;
  }

  /** Whether a round can be had by who runs this. */
  public static boolean canPlay(RoundPlan plan) {
    return !plan.disturbance().needsRoot() || "root".equals(System.getProperty("user.name"));
  }

  /**
   * Plays the first rounds of a seed.
   *
   * @param file where results are kept, and are taken from if a round was played before
   * @return the results of all these rounds, of this side
   * @throws IOException if a round cannot be played; those before it are kept
   */
  public List<RoundResult> play(Side side, long seed, int rounds, Path file)
      throws IOException, InterruptedException {
    ResultsFile results = ResultsFile.open(file);
    List<RoundPlan> plans =
        IntStream.range(0, rounds)
            .mapToObj(number -> RoundPlan.of(seed, number))
            .filter(side::plays)
            .filter(plan -> !results.has(side, plan))
            .toList();
    try (var executor = Executors.newFixedThreadPool(lanes)) {
      var running = new ArrayList<Future<?>>();
      for (RoundPlan plan : plans) {
        if (canPlay(plan)) {
          running.add(
              executor.submit(
                  () -> {
                    RoundResult result = play(side, plan);
                    results.add(result);
                    return result;
                  }));
        } else {
          progress.accept(
              "round %d NOT PLAYED: %s needs root".formatted(plan.number(), plan.kind()));
        }
      }
      for (Future<?> one : running) {
        try {
          one.get();
        } catch (ExecutionException failure) {
          executor.shutdownNow();
          throw new IOException("a round cannot be played: " + failure.getCause(), failure);
        }
      }
    }
    return results.of(seed, rounds).stream().filter(it -> it.side() == side).toList();
  }

  /** Plays a round; what it leaves is kept only if it is not good. */
  public RoundResult play(Side side, RoundPlan plan) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("no-loss-%d-%d-".formatted(plan.seed(), plan.number()));
    RoundResult result;
    try {
      result = Round.play(project, side, plan, folder);
    } catch (IOException | RuntimeException failure) {
      throw new IOException(
          "%s (%s, left in %s)".formatted(failure.getMessage(), plan, folder), failure);
    }
    if (result.isGood()) {
      remove(folder);
      progress.accept(
          "%s round %d: %s after %d ms, %d messages, %d duplicates, good"
              .formatted(
                  side,
                  plan.number(),
                  plan.kind(),
                  plan.moment().toMillis(),
                  result.account().messages(),
                  result.account().duplicates()));
    } else {
      progress.accept(
          """
          %s round %d is NOT GOOD: %s
            plan: %s
            again: e2e/bench no-loss --seed %d --round %d --side %s
            logs and main.cf: %s\
          """
              .formatted(
                  side, plan.number(), result, plan, plan.seed(), plan.number(), side, folder));
    }
    return result;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
