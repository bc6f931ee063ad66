package dev.mailservice.e2e.bench;

import dev.mailservice.e2e.bench.report.SectionReport;
import java.io.IOException;

/** One thing that {@code e2e/bench smtpd} measures, with all it needs to do so. */
public interface Section {
  /** What the command line calls it. */
  String name();

  /** What it measures, in one line for {@code --list}. */
  String description();

  /**
   * Measures. What it starts it ends, whatever happens.
   *
   * @throws IOException when a side cannot be started or measured
   * @throws InterruptedException when the run is broken off
   */
  SectionReport measure(BenchPlan plan) throws IOException, InterruptedException;
}
