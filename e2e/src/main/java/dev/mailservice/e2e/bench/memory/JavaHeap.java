package dev.mailservice.e2e.bench.memory;

import dev.mailservice.e2e.bench.side.Jcmd;
import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The heap of a Java virtual machine with the serial collector. */
final class JavaHeap {
  private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured).*, used (\\d+)K");

  private final Jcmd jcmd;

  JavaHeap(long pid) {
    this.jcmd = new Jcmd(pid);
  }

  /** Bytes in use after all garbage was collected. */
  long live() throws IOException, InterruptedException {
    jcmd.ask("GC.run");
    return USED.matcher(jcmd.ask("GC.heap_info"))
            .results()
            .map(MatchResult::group)
            .mapToLong(it -> Long.parseLong(it.replaceAll(".* used (\\d+)K", "$1")))
            .sum()
        * 1024;
  }
}
