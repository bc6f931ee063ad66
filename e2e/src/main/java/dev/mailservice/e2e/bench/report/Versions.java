package dev.mailservice.e2e.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured.
 *
 * @param jdk that ran the benchmark, and the server where it is run by its launcher
 * @param postfix Debian's
 * @param commit of this project; {@code -dirty} when files differ from it
 */
public record Versions(String jdk, String postfix, String commit) {
  private static final String UNKNOWN = "unknown";

  /**
   * Asks for them.
   *
   * @param project the folder of the project
   */
  public static Versions of(Path project) throws InterruptedException {
    String reference = said(project, List.of("build/postfix-reference"));
    return new Versions(
        Runtime.version().toString(),
        Path.of(reference).getFileName().toString().replace("postfix-", ""),
        said(project, List.of("git", "describe", "--always", "--dirty", "--abbrev=12")));
  }

  private static String said(Path folder, List<String> words) throws InterruptedException {
    var command = new ArrayList<>(words);
    if (words.getFirst().contains("/")) {
      command.set(0, folder.resolve(words.getFirst()).toString());
    }
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.strip() : UNKNOWN;
    } catch (IOException notThere) {
      return UNKNOWN;
    }
  }
}
