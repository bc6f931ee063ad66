package dev.mailservice.smtpd.slots;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file descriptors of this process, of which there is a limit ({@code RLIMIT_NOFILE},
 * getrlimit(2)), as Linux tells in {@code /proc/self}.
 */
public final class Descriptors {
  /**
   * For what is not a session's: the runtime's files, the log, both ports, tables, name servers.
   */
  private static final int OTHERS = 100;

  private static final Pattern MAX_OPEN_FILES =
      Pattern.compile("(?m)^Max open files\\s+(\\d+|unlimited)");

  private final Path process;

  /** Those of this process. */
  public Descriptors() {
    this(Path.of("/proc/self"));
  }

  /**
   * @param process the process's folder in {@code /proc}
   */
  Descriptors(Path process) {
    this.process = process;
  }

  /**
   * What a server needs.
   *
   * @param nextHop connections with the next hop
   * @param eachSession what a session may hold at once besides one of these
   */
  public record Need(int nextHop, int eachSession) {
    /** For so many sessions. */
    public long of(int sessions) {
      return OTHERS + nextHop + (long) sessions * eachSession;
    }

    /** The most sessions for which so many descriptors are enough; at least one. */
    public int sessions(long descriptors) {
      return (int) Math.clamp((descriptors - of(0)) / eachSession, 1, Integer.MAX_VALUE);
    }
  }

  /** How many there may be; empty if there is no limit, or the system does not tell. */
  public OptionalLong max() {
    try {
      Matcher limit = MAX_OPEN_FILES.matcher(Files.readString(process.resolve("limits")));
      return limit.find() && !limit.group(1).equals("unlimited")
          ? OptionalLong.of(Long.parseLong(limit.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      // A system without proc(5).
      return OptionalLong.empty();
    }
  }

  /** How many there are; 0 if the system does not tell. */
  public long open() {
    Path folder = process.resolve("fd");
    try {
      // Since Linux 6.2 the folder's size is their number.
      long size = Files.size(folder);
      return size > 0 ? size : count(folder);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long count(Path folder) throws IOException {
    long count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path unused : all) {
        count++;
      }
    }
    return count;
  }
}
