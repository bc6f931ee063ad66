package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and defaults here and those of Postfix's own postconf(1) differ just where it is said. */
class DefaultsDifferentialTest {
  private static final Path POSTCONF = Path.of("/usr/sbin/postconf");

  @TempDir private Path directory;

  private String postconf(String... options) throws Exception {
    Files.writeString(directory.resolve("main.cf"), "");
    Files.writeString(directory.resolve("master.cf"), "");
    var builder = new ProcessBuilder(POSTCONF.toString(), "-c", directory.toString());
    builder.command().addAll(List.of(options));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  @Test
  void defaults_differ_from_Postfixs_where_it_is_listed_and_nowhere_else() throws Exception {
    assumeTrue(Files.isExecutable(POSTCONF), POSTCONF + " is not installed");
    assumeTrue(
        postconf("-d", "-h", "mail_version").startsWith("3.7.11"),
        "the list compares with Postfix 3.7.11");
    assertThat(
            Defaults.surprises(
                Defaults.here(), Defaults.printed(postconf("-d")), DefaultDifference.all()))
        .isEmpty();
  }
}
