package dev.mailservice.e2e.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that was measured on.
 *
 * @param cpu the model's name
 * @param cores how many this process may use
 * @param kernel the release of Linux
 * @param memoryBytes all of it
 * @param loadAverage over the minute before: how busy it was already, 0 at best
 */
public record Machine(String cpu, int cores, String kernel, long memoryBytes, double loadAverage) {
  private static final Path PROC = Path.of("/proc");

  /**
   * Looks around.
   *
   * @throws IOException when this is no Linux
   */
  public static Machine here() throws IOException {
    return new Machine(
        field("cpuinfo", "model name", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"),
        1024 * Long.parseLong(field("meminfo", "MemTotal", "0 kB").replace(" kB", "")),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String field(String file, String name, String otherwise) throws IOException {
    return Files.readAllLines(PROC.resolve(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }
}
