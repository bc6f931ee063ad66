package dev.mailservice.e2e.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A control group with a memory limit, as a container's: cgroups(7), version 2, or version 1 as far
 * as memory goes. It counts what the kernel keeps for the processes, too. Removed by {@link
 * #close}, after its processes have ended. Wants root.
 */
public final class ControlGroup implements AutoCloseable {
  private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
  private static final Path MEMORY = MOUNTED.resolve("memory");

  private static final int ATTEMPTS = 200;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path folder;
  private final boolean second;
  private final Thread atExit = new Thread(this::deleteWhenEmpty);

  private ControlGroup(Path folder, boolean second) {
    this.folder = folder;
    this.second = second;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes one.
   *
   * @param bytes at which the kernel ends a process of the group
   * @throws IOException when the kernel does not let this program
   */
  public static ControlGroup withLimit(long bytes) throws IOException {
    boolean second = Files.exists(MOUNTED.resolve("cgroup.controllers"));
    if (second) {
      Files.writeString(MOUNTED.resolve("cgroup.subtree_control"), "+memory");
    }
    Path parent = second ? MOUNTED : MEMORY;
    Path folder =
        Files.createDirectory(
            parent.resolve(
                "smtpd-bench-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
    var group = new ControlGroup(folder, second);
    try {
      Files.writeString(
          folder.resolve(second ? "memory.max" : "memory.limit_in_bytes"), Long.toString(bytes));
    } catch (IOException e) {
      group.close();
      throw e;
    }
    return group;
  }

  /** The same command, run in the group. */
  List<String> within(List<String> command) {
    var words =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "echo $$ >\"$0\" && exec \"$@\"",
                folder.resolve("cgroup.procs").toString()));
    words.addAll(command);
    return words;
  }

  /** Bytes that are charged to it now. */
  public long used() throws IOException {
    return number(second ? "memory.current" : "memory.usage_in_bytes");
  }

  /** The most bytes that were ever charged to it. */
  public long peak() throws IOException {
    return number(second ? "memory.peak" : "memory.max_usage_in_bytes");
  }

  private long number(String file) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(file)).strip());
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    Files.delete(folder);
  }

  /** For a run that is broken off: its server ends at the same time. */
  private void deleteWhenEmpty() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Thread.sleep(PAUSE);
        Files.deleteIfExists(folder);
        return;
      } catch (IOException e) {
        // There is a process in it still.
        continue;
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
