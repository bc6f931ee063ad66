package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--hogs -1 | --hogs must be 0 or more",
        "--good 0 | --good must be more than 0",
        "--seconds 0 | --seconds must be more than 0",
        "--revert-after 0 | --revert-after must be more than 0",
        "--kind slow | expected one of [IDLE, EHLO, DRIP, JUNK, REJECTED, MIX]",
        "--context kind-kind | --context and --load-command go together",
        "--context kind-kind --load-command true | --load-command must contain {}",
        "--hog 400 | Unknown options: '--hog', '400'"
      })
  void wrongArgumentsAreOneClearMessageBeforeAnythingIsDone(String arguments, String message) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(message));
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--hogs",
            "--good",
            "--seconds",
            "--revert-after",
            "--kind",
            "--summary",
            "--chart",
            "--keep",
            "--context",
            "--load-command");
  }

  private int run(String arguments) {
    CommandLine commandLine = Demo.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    commandLine.setOut(new PrintWriter(out, true));
    return commandLine.execute(arguments.split(" "));
  }
}
