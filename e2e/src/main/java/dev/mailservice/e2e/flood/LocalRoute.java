package dev.mailservice.e2e.flood;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes a whole prefix local to this network namespace, so that a client can bind any of its
 * addresses; closing it undoes that. Needs root and iproute2.
 */
final class LocalRoute implements AutoCloseable {
  private final Prefix prefix;
  private final boolean added;

  private LocalRoute(Prefix prefix, boolean added) {
    this.prefix = prefix;
    this.added = added;
  }

  /**
   * Adds the route. One that is there already is used, and left alone in the end.
   *
   * @throws IOException when {@code ip} cannot be run or refuses, with its words
   */
  static LocalRoute add(Prefix prefix) throws IOException {
    if (!ip("route", "show", "table", "local", prefix.toString()).isEmpty()) {
      return new LocalRoute(prefix, false);
    }
    ip("route", "add", "local", prefix.toString(), "dev", "lo");
    return new LocalRoute(prefix, true);
  }

  @Override
  public void close() throws IOException {
    if (added) {
      ip("route", "del", "local", prefix.toString(), "dev", "lo");
    }
  }

  private static String ip(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("%s: %s".formatted(String.join(" ", command), said.strip()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command, interrupted);
    }
    return said.strip();
  }
}
