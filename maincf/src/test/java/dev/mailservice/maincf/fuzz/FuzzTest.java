package dev.mailservice.maincf.fuzz;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link LanguageFuzzer} under {@link Jazzer}, from a corpus of seeds. {@code maincf/fuzz
 * SECONDS} goes on for longer.
 */
class FuzzTest {
  private static final Path RESOURCES =
      Path.of("src/test/resources/dev/mailservice/maincf/fuzz").toAbsolutePath();

  private static final Jazzer.Plan PLAN =
      new Jazzer.Plan(
          LanguageFuzzer.class,
          "dev.mailservice.maincf",
          20261123,
          4000,
          List.of("-dict=" + RESOURCES.resolve("dictionary")));

  @TempDir Path folder;

  @Test
  void no_input_brings_out_anything_but_the_librarys_own_exceptions() throws Exception {
    Jazzer.run(PLAN, RESOURCES.resolve("seeds"), folder).requireNothingFound(PLAN);
  }
}
