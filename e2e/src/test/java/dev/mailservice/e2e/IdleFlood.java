package dev.mailservice.e2e;

import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Some seconds of more idle clients than a server has slots, and good mail through it. */
final class IdleFlood {
  /** Half as many as there are hogs. */
  static final int SLOTS = 10;

  private IdleFlood() {}

  /** What a server is told so that so short a flood shows what a long one would. */
  static List<String> serverOptions() {
    return List.of(
        "-o", "default_process_limit=" + SLOTS, "-o", "smtpd_timeout=${stress?1}${stress:300}");
  }

  /**
   * Runs it to its end, by the flood tool as a process of its own.
   *
   * @param server address and port
   * @param within a command that runs another where the server is, with its arguments; may be empty
   */
  static FloodEvent.Summary against(String server, List<String> within)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(within);
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.mailservice.e2e.E2e",
            "flood",
            server,
            "--json",
            "--hogs",
            String.valueOf(2 * SLOTS),
            "--stressed-banner",
            "condition RED"));
    // Longer than good clients wait, so that those who come first get nothing from its end.
    command.addAll(List.of("--calm", "1", "--seconds", "7", "--patience", "5", "--after", "0"));
    Process flood = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(flood.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (flood.waitFor() != 0) {
        throw new IOException(said);
      }
      return (FloodEvent.Summary) JsonReport.parse(said.lines().toList().getLast());
    } finally {
      flood.destroyForcibly();
    }
  }
}
