package dev.mailservice.smtpd.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.fuzz.Circumstances.Client;
import dev.mailservice.smtpd.reference.SpokenDialogues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link SessionFuzzer} under Jazzer, which looks for inputs that reach new code, from what
 * the dialogues' clients say and from what earlier runs have found. In the build it is a fixed
 * number of inputs of a fixed seed; {@code smtpd-image/fuzz SECONDS} goes on for longer, and {@code
 * -Dfuzz.keep} writes what it found into the corpus.
 */
class FuzzTest {
  private static final int RUNS = Integer.getInteger("fuzz.runs", 10_000);
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
  private static final boolean KEEP = Boolean.getBoolean("fuzz.keep");
  private static final Path RESOURCES =
      Path.of("src/test/resources/dev/mailservice/smtpd/fuzz").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void no_session_hangs_or_lies_or_leaves_anything_behind() throws Exception {
    Path found = Files.createDirectories(Path.of("target/fuzz").toAbsolutePath());
    Path grown = Files.createDirectory(folder.resolve("grown"));
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    Path log = folder.resolve("log");
    seed(seeds);
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + SessionFuzzer.class.getName(),
                "--instrumentation_includes=dev.mailservice.smtpd.**",
                "--instrumentation_excludes=dev.mailservice.smtpd.fuzz.**",
                "--custom_hook_includes=none",
                // It takes the connection to the next hop for a forged request.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-dict=" + RESOURCES.resolve("dictionary"),
                "-timeout=20",
                "-max_len=4096",
                "-rss_limit_mb=4096"));
    command.add(SECONDS > 0 ? "-max_total_time=" + SECONDS : "-runs=" + RUNS);
    if (SECONDS == 0) {
      command.add("-seed=20261125");
    }
    command.addAll(List.of(grown.toString(), seeds.toString()));

    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status = process.waitFor();

    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    if (KEEP) {
      Corpus.keep(RESOURCES.resolve("corpus"), grown);
    }
    assertThat(status).as("a finding is kept in %s; %s", found, end(said)).isZero();
    assertThat(runs(said))
        .as("inputs that were run: %s", end(said))
        .isGreaterThanOrEqualTo(atLeast());
    System.out.printf("fuzzed: %d sessions, no finding%n", runs(said));
  }

  /** What the dialogues' clients say, under every setting by turns, and what was found earlier. */
  private static void seed(Path seeds) throws IOException {
    int count = 0;
    for (byte[] spoken : SpokenDialogues.all()) {
      var seed = new ByteArrayOutputStream();
      seed.writeBytes(
          Circumstances.bytes(
              count % Circumstances.SETTINGS.size(),
              Client.values()[count % Client.values().length]));
      seed.writeBytes(spoken);
      Files.write(seeds.resolve("dialogue" + count++), seed.toByteArray());
    }
    for (byte[] earlier : Corpus.read(RESOURCES.resolve("corpus"))) {
      Files.write(seeds.resolve("found" + count++), earlier);
    }
    try (Stream<Path> files = Files.list(seeds)) {
      assertThat(files).hasSizeGreaterThan(500);
    }
  }

  private static int atLeast() {
    return SECONDS > 0 ? 1 : RUNS;
  }

  /** The end of a log, where it says why it ended. */
  private static String end(String log) {
    return log.substring(Math.max(0, log.length() - 6000));
  }

  /** How many inputs Jazzer says it has run; 0 if it does not say. */
  private static int runs(String log) {
    return log.lines()
        .filter(line -> line.startsWith("Done ") && line.contains(" runs in "))
        .map(line -> line.split(" ", 3)[1])
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }
}
