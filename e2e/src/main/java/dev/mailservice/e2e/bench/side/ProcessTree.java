package dev.mailservice.e2e.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process and all that descend from it, and what they take together; proc(5).
 *
 * @param root the first one's process id
 */
public record ProcessTree(long root) {
  private static final Path PROC = Path.of("/proc");
  private static final int ATTEMPTS = 200;

  /** USER_HZ, which is the same for all programs on all machines that Debian runs on. */
  private static final long NANOS_PER_TICK = Duration.ofMillis(10).toNanos();

  /** Of {@code /proc/PID/stat}, counted from after the program's name. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;

  /** The process that calls this, without what it has started. */
  public static CpuTime ownCpu() throws IOException {
    var byProgram = new HashMap<String, Duration>();
    new ProcessTree(ProcessHandle.current().pid())
        .addCpu(ProcessHandle.current().pid(), byProgram, false);
    return new CpuTime(byProgram);
  }

  /**
   * The processor time of all of them since they were started, in user and in system mode, those
   * included that have ended and were waited for.
   *
   * @throws IOException when they come and go so fast that there is no moment to look at them
   */
  public CpuTime cpu() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Long> before = pids();
      var byProgram = new HashMap<String, Duration>();
      try {
        for (long pid : before) {
          addCpu(pid, byProgram, true);
        }
      } catch (NoSuchFileException ended) {
        continue;
      }
      if (pids().equals(before)) {
        return new CpuTime(byProgram);
      }
    }
    throw new IOException("the processes below %d never stay the same".formatted(root));
  }

  /**
   * Their memory, in bytes: what is shared by several processes counts a part for each (Pss).
   *
   * @throws IOException when the kernel does not tell, which it does only to their owner and to
   *     root
   */
  public long pssBytes() throws IOException {
    long kilobytes = 0;
    for (long pid : pids()) {
      try {
        kilobytes +=
            Files.readAllLines(file(pid, "smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      } catch (NoSuchFileException ended) {
        // It takes nothing any more.
        continue;
      }
    }
    return 1024 * kilobytes;
  }

  /** Their process ids, in order. */
  public List<Long> pids() {
    return ProcessHandle.of(root).stream()
        .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private void addCpu(long pid, Map<String, Duration> byProgram, boolean withEnded)
      throws IOException {
    String stat = Files.readString(file(pid, "stat"));
    int end = stat.lastIndexOf(')');
    String program = stat.substring(stat.indexOf('(') + 1, end);
    String[] fields = stat.substring(end + 2).split(" ");
    long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    // Ticks are cut off for each process, which is much for a hundred short-lived ones; the
    // scheduler's own sum is exact, but lacks threads that have ended.
    add(byProgram, program, Math.max(ticks * NANOS_PER_TICK, scheduled(pid)));
    long ended = Long.parseLong(fields[ENDED_USER]) + Long.parseLong(fields[ENDED_SYSTEM]);
    if (withEnded && ended > 0) {
      add(byProgram, "ended children of " + program, ended * NANOS_PER_TICK);
    }
  }

  private static void add(Map<String, Duration> byProgram, String program, long nanos) {
    byProgram.merge(program, Duration.ofNanos(nanos), Duration::plus);
  }

  private static long scheduled(long pid) throws IOException {
    long nanos = 0;
    try (Stream<Path> threads = Files.list(file(pid, "task"))) {
      for (Path thread : threads.toList()) {
        Path file = thread.resolve("schedstat");
        try {
          String text = Files.readString(file);
          nanos += Long.parseLong(text, 0, text.indexOf(' '), 10);
        } catch (NoSuchFileException endedOrNotKept) {
          continue;
        }
      }
    }
    return nanos;
  }

  private static Path file(long pid, String name) {
    return PROC.resolve(Long.toString(pid)).resolve(name);
  }
}
