package dev.mailservice.maincf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every line of {@code expansion.txt} is a case. */
class ExpansionTranscriptTest {
  private static final String DEFINED =
      "unexpanded = $empty\nset = value\nempty =\nten = 10\nnine = 9\ncircle = $circle\n";

  @TestFactory
  Stream<DynamicTest> a_value_expands_as_the_transcript_says() throws IOException {
    return lines()
        .map(
            line -> {
              String[] sides = line.split("=>(?=[^=]*$)|=> ", 2);
              String value = sides[0].strip();
              String expected = sides[1].strip();
              String calm = expected.contains("|") ? expected.split("\\|")[0].strip() : expected;
              String stressed =
                  expected.contains("|") ? expected.split("\\|")[1].strip() : expected;
              return DynamicTest.dynamicTest(
                  value,
                  () -> {
                    assertThat(expansion(value, "stress=")).as("calm").isEqualTo(calm);
                    assertThat(expansion(value, "stress=yes")).as("stressed").isEqualTo(stressed);
                  });
            });
  }

  private static String expansion(String value, String stress) {
    MainCf file = MainCf.parse("main.cf", DEFINED + "v = " + value + "\n");
    try {
      return Configuration.of(file, List.of()).override(stress).expand("v").orElseThrow().strip();
    } catch (MainCfException e) {
      return "error: " + e.getMessage();
    }
  }

  private static Stream<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ExpansionTranscriptTest.class.getResourceAsStream("expansion.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
    }
  }
}
