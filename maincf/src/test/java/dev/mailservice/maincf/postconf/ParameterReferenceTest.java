package dev.mailservice.maincf.postconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference that is committed is the one that the declarations make. */
class ParameterReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "parameters.md");
  private static final String WRITE =
      "./mvnw -q -pl maincf test -Dtest=ParameterReferenceTest -Dparameters.write";

  @Test
  void the_page_says_what_the_declarations_say() throws IOException {
    String page = ParameterReference.markdown();
    if (System.getProperty("parameters.write") != null) {
      Files.writeString(PAGE, page, StandardCharsets.UTF_8);
    }
    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
        .as("docs/parameters.md is out of date; write it anew: " + WRITE)
        .isEqualTo(page);
  }

  @Test
  void a_row_has_type_bounds_default_version_and_meaning() {
    assertThat(ParameterReference.markdown())
        .contains(
            "| `smtpd_timeout` | time, default unit s, at least 1s | `${stress?{10}:{300}}s` |")
        .contains("| `smtpd_milters` |")
        .contains("## Defaults that differ");
  }
}
