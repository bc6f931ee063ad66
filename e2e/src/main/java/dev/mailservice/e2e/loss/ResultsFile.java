package dev.mailservice.e2e.loss;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Keeps what rounds have come to, a line of JSON for each, so that none is played twice. */
final class ResultsFile {
  private static final ObjectMapper JSON = Json.mapper();

  private final Path file;
  private final List<RoundResult> results = new ArrayList<>();

  private ResultsFile(Path file) {
    this.file = file;
  }

  /** What is in the file; nothing where there is none. */
  static ResultsFile open(Path file) throws IOException {
    var results = new ResultsFile(file);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        results.results.add(JSON.readValue(line, RoundResult.class));
      }
    } else {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    return results;
  }

  synchronized boolean has(Side side, RoundPlan plan) {
    return results.stream()
        .anyMatch(
            it ->
                it.side() == side
                    && it.plan().seed() == plan.seed()
                    && it.plan().number() == plan.number());
  }

  synchronized void add(RoundResult result) throws IOException {
    Files.writeString(
        file,
        JSON.writeValueAsString(result) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    results.add(result);
  }

  /** Of one seed, the first so many rounds. */
  synchronized List<RoundResult> of(long seed, int rounds) {
    return results.stream()
        .filter(it -> it.plan().seed() == seed && it.plan().number() < rounds)
        .toList();
  }
}
