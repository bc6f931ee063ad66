package dev.mailservice.maincf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of Jazzer, which looks for inputs that reach new code, in a process of its own. In the
 * build it is a fixed number of inputs of a fixed seed; {@code -Dfuzz.seconds} lets it go on for so
 * long, from another seed each time.
 *
 * @param grown where it has put the inputs that reach new code
 * @param status of its process; 0 if it has found nothing
 */
public record Jazzer(Path grown, Path found, int status, String log) {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
  private static final int END_OF_LOG = 6000;

  /**
   * What to run.
   *
   * @param target the class with {@code fuzzerTestOneInput}
   * @param code the package, with all below it, whose code is to be reached
   * @param seed of the random numbers, in the build
   * @param runs how many inputs, in the build, unless {@code -Dfuzz.runs} says otherwise
   * @param options what else Jazzer is told
   */
  public record Plan(Class<?> target, String code, int seed, int runs, List<String> options) {
    private int inputs() {
      return Integer.getInteger("fuzz.runs", runs);
    }

    private List<String> command(Path found) {
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+EnableDynamicAgentLoading",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "com.code_intelligence.jazzer.Jazzer",
                  "--target_class=" + target.getName(),
                  "--instrumentation_includes=" + code + ".**",
                  "--instrumentation_excludes=" + target.getPackageName() + ".**",
                  "--custom_hook_includes=none",
                  "--reproducer_path=" + found,
                  "-artifact_prefix=" + found + "/",
                  "-timeout=20",
                  "-rss_limit_mb=4096"));
      command.addAll(options);
      if (SECONDS > 0) {
        command.add("-max_total_time=" + SECONDS);
      } else {
        command.addAll(List.of("-runs=" + inputs(), "-seed=" + seed));
      }
      return command;
    }
  }

  /**
   * Runs it to its end. What it finds is kept in the module's {@code target/fuzz}.
   *
   * @param seeds the inputs to start from, a file each
   * @param folder an empty one
   */
  public static Jazzer run(Plan plan, Path seeds, Path folder)
      throws IOException, InterruptedException {
    Path found = Files.createDirectories(Path.of("target/fuzz").toAbsolutePath());
    Path grown = Files.createDirectory(folder.resolve("grown"));
    Path log = folder.resolve("log");
    List<String> command = plan.command(found);
    command.addAll(List.of(grown.toString(), seeds.toString()));
    int status =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    return new Jazzer(grown, found, status, Files.readString(log, StandardCharsets.ISO_8859_1));
  }

  /** Fails if it has found something, or has not run all that was planned. */
  public void requireNothingFound(Plan plan) {
    String end = log.substring(Math.max(0, log.length() - END_OF_LOG));
    assertThat(status).as("a finding is kept in %s; %s", found, end).isZero();
    assertThat(runs())
        .as("inputs that were run: %s", end)
        .isGreaterThanOrEqualTo(SECONDS > 0 ? 1 : plan.inputs());
    System.out.printf("fuzzed: %d inputs, no finding%n", runs());
  }

  /** How many inputs it says that it has run; 0 if it does not say. */
  private int runs() {
    return log.lines()
        .filter(line -> line.startsWith("Done ") && line.contains(" runs in "))
        .map(line -> line.split(" ", 3)[1])
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }
}
