package dev.mailservice.e2e.bench;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How thoroughly to measure.
 *
 * @param quick fewer cases and shorter runs, to look whether something has changed at all
 * @param runs how often each side is measured in turn; empty for what the section thinks right
 * @param seed whatever is random follows from it
 * @param project the folder of the built project
 * @param progress is told what is being done, a line at a time
 */
public record BenchPlan(
    boolean quick, OptionalInt runs, long seed, Path project, Consumer<String> progress) {
  /** How often to measure, where a section wants {@code full} times, or {@code quick} ones. */
  public int runs(int quickRuns, int fullRuns) {
    return runs.orElse(quick ? quickRuns : fullRuns);
  }
}
