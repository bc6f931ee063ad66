package dev.mailservice.smtpd.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.fuzz.Jazzer;
import dev.mailservice.smtpd.fuzz.Circumstances.Client;
import dev.mailservice.smtpd.reference.SpokenDialogues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link SessionFuzzer} under {@link Jazzer}, from what the dialogues' clients say and from
 * what earlier runs have found. {@code smtpd-image/fuzz SECONDS} goes on for longer, and {@code
 * -Dfuzz.keep} writes what it found into the corpus.
 */
class FuzzTest {
  private static final boolean KEEP = Boolean.getBoolean("fuzz.keep");
  private static final Path RESOURCES =
      Path.of("src/test/resources/dev/mailservice/smtpd/fuzz").toAbsolutePath();

  private static final Jazzer.Plan PLAN =
      new Jazzer.Plan(
          SessionFuzzer.class,
          "dev.mailservice.smtpd",
          20261125,
          10_000,
          List.of(
              // It takes the connection to the next hop for a forged request.
              "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
              "-dict=" + RESOURCES.resolve("dictionary"),
              "-max_len=4096"));

  @TempDir Path folder;

  @Test
  void no_session_hangs_or_lies_or_leaves_anything_behind() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    seed(seeds);
    Jazzer run = Jazzer.run(PLAN, seeds, folder);
    if (KEEP) {
      Corpus.keep(RESOURCES.resolve("corpus"), run.grown());
    }
    run.requireNothingFound(PLAN);
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
}
