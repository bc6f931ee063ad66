package dev.mailservice.e2e.bench.side;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks another Java virtual machine something by jcmd(1) of this JDK.
 *
 * @param pid its process
 */
public record Jcmd(long pid) {
  /**
   * Waits for the answer.
   *
   * @param command and its arguments, as {@code jcmd PID help} has them
   * @throws IOException when there is none, or jcmd reports a failure, with its words
   */
  public String ask(String... command) throws IOException, InterruptedException {
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid)));
    words.addAll(List.of(command));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd %s: %s".formatted(String.join(" ", command), said));
    }
    return said;
  }
}
