package dev.mailservice.e2e.bench.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The heap of a Java virtual machine with the serial collector, by jcmd(1) of this JDK. */
final class JavaHeap {
  private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured).*, used (\\d+)K");

  private final long pid;

  JavaHeap(long pid) {
    this.pid = pid;
  }

  /** Bytes in use after all garbage was collected. */
  long live() throws IOException, InterruptedException {
    ask("GC.run");
    return USED.matcher(ask("GC.heap_info"))
            .results()
            .map(MatchResult::group)
            .mapToLong(it -> Long.parseLong(it.replaceAll(".* used (\\d+)K", "$1")))
            .sum()
        * 1024;
  }

  private String ask(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd %s: %s".formatted(command, said));
    }
    return said;
  }
}
