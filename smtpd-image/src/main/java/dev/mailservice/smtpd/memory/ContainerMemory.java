package dev.mailservice.smtpd.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the control group of this process may take and has taken: cgroups(7), the kernel's {@code
 * cgroup-v2.rst}, and {@code cgroup-v1/memory.rst}.
 */
final class ContainerMemory {
  private static final OptionalLong NONE = OptionalLong.empty();

  /** Where v1's figure is as good as none: it is one page less than the largest number. */
  private static final long UNLIMITED = 1L << 60;

  private final Optional<Source> files;

  /**
   * The files of one version.
   *
   * @param reclaimable the lines of {@code stat} about what the kernel takes back when it must
   */
  private record Source(Path limit, Path use, Path stat, List<String> reclaimable) {
    static Source second(Path group) {
      return new Source(
          group.resolve("memory.max"),
          group.resolve("memory.current"),
          group.resolve("memory.stat"),
          List.of("inactive_file ", "active_file ", "slab_reclaimable "));
    }

    static Source first(Path group) {
      return new Source(
          group.resolve("memory.limit_in_bytes"),
          group.resolve("memory.usage_in_bytes"),
          group.resolve("memory.stat"),
          List.of("total_inactive_file ", "total_active_file "));
    }

    boolean exist() {
      return Files.isReadable(limit) && Files.isReadable(use) && Files.isReadable(stat);
    }
  }

  /**
   * Finds the files.
   *
   * @param membership {@code /proc/self/cgroup}
   * @param mounted {@code /sys/fs/cgroup}
   */
  ContainerMemory(Path membership, Path mounted) {
    this.files = find(membership, mounted);
  }

  private static Optional<Source> find(Path membership, Path mounted) {
    List<String> lines;
    try {
      lines = Files.readAllLines(membership);
    } catch (IOException e) {
      // No control groups, no limit.
      return Optional.empty();
    }
    return lines.stream()
        .flatMap(line -> candidates(line.split(":", 3), mounted))
        .filter(Source::exist)
        .findFirst();
  }

  /** Within a container its own group is mostly mounted as if it were the root. */
  private static Stream<Source> candidates(String[] fields, Path mounted) {
    if (fields.length < 3) {
      return Stream.empty();
    }
    String path = fields[2].replaceFirst("^/", "");
    if (fields[1].isEmpty()) {
      return Stream.of(mounted.resolve(path), mounted).map(Source::second);
    }
    Path memory = mounted.resolve("memory");
    return List.of(fields[1].split(",")).contains("memory")
        ? Stream.of(memory.resolve(path), memory).map(Source::first)
        : Stream.empty();
  }

  /** Bytes; empty if there is no limit. */
  OptionalLong limit() {
    return files.map(it -> number(it.limit())).orElse(NONE);
  }

  /** Bytes that the kernel cannot take back; 0 if nobody counts them. */
  long used() {
    return files.map(it -> number(it.use()).orElse(0) - reclaimable(it)).orElse(0L);
  }

  private static long reclaimable(Source files) {
    try (Stream<String> lines = Files.lines(files.stat())) {
      return lines
          .filter(line -> files.reclaimable().stream().anyMatch(line::startsWith))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
          .sum();
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static OptionalLong number(Path file) {
    try {
      String text = Files.readString(file).strip();
      long number = text.equals("max") ? UNLIMITED : Long.parseLong(text);
      return number >= UNLIMITED ? NONE : OptionalLong.of(number);
    } catch (IOException | NumberFormatException e) {
      return NONE;
    }
  }
}
