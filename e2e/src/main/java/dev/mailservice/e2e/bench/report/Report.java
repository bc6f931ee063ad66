package dev.mailservice.e2e.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * A whole run of the command.
 *
 * @param started when
 * @param command what was typed
 * @param machine where
 * @param versions of what
 * @param sections in the order in which they ran
 */
public record Report(
    Instant started,
    String command,
    Machine machine,
    Versions versions,
    List<SectionReport> sections) {
  /** Copies the list. */
  public Report {
    sections = List.copyOf(sections);
  }
}
