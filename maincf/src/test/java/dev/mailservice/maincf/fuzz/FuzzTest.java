package dev.mailservice.maincf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link LanguageFuzzer} under Jazzer, which looks for inputs that reach new code, from a
 * corpus of seeds. In the build it is a fixed number of inputs of a fixed seed; {@code maincf/fuzz
 * SECONDS} goes on for longer.
 */
class FuzzTest {
  private static final int RUNS = Integer.getInteger("fuzz.runs", 4000);
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
  private static final Path RESOURCES =
      Path.of("src/test/resources/dev/mailservice/maincf/fuzz").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void no_input_brings_out_anything_but_the_librarys_own_exceptions() throws Exception {
    Path found = Files.createDirectories(Path.of("target/fuzz").toAbsolutePath());
    Path grown = Files.createDirectory(folder.resolve("grown"));
    Path log = folder.resolve("log");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + LanguageFuzzer.class.getName(),
                "--instrumentation_includes=dev.mailservice.maincf.**",
                // Jazzer takes an expression out of a table for an injection.
                "--custom_hook_includes=none",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-dict=" + RESOURCES.resolve("dictionary"),
                "-timeout=20",
                "-rss_limit_mb=4096"));
    command.add(SECONDS > 0 ? "-max_total_time=" + SECONDS : "-runs=" + RUNS);
    if (SECONDS == 0) {
      command.add("-seed=20261123");
    }
    command.addAll(List.of(grown.toString(), RESOURCES.resolve("seeds").toString()));

    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status = process.waitFor();

    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(status).as("a finding is kept in %s; %s", found, said).isZero();
    assertThat(runs(said)).as("inputs that were run: %s", said).isGreaterThanOrEqualTo(atLeast());
    System.out.printf("fuzzed: %d inputs, no finding%n", runs(said));
  }

  private static int atLeast() {
    return SECONDS > 0 ? 1 : RUNS;
  }

  /** How many inputs Jazzer says it has run; 0 if it does not say. */
  private static int runs(String log) throws IOException {
    return log.lines()
        .filter(line -> line.startsWith("Done ") && line.contains(" runs in "))
        .map(line -> line.split(" ", 3)[1])
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }
}
