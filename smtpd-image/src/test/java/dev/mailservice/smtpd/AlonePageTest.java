package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/alone.md} shows is what tests run. */
class AlonePageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "front-of-postfix/main.cf",
        "front-of-postfix/master.cf",
        "front-of-postfix/smtpd.service",
        "maildir/main.cf"
      })
  void the_page_shows_the_file_as_it_is(String file) throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "alone.md")))
        .contains("\n" + Files.readString(Path.of("..", "examples", "alone", file)) + "```\n");
  }
}
