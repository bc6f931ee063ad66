package dev.mailservice.smtpd.slots;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many clients wait in a listening socket's queue, as Linux tells: the receive queue of a
 * listening socket in {@code /proc/net/tcp} is its accept queue, proc(5).
 */
public final class Backlog {
  /** {@code TCP_LISTEN} in the kernel's include/net/tcp_states.h. */
  private static final String LISTEN = "0A";

  private static final Path SOMAXCONN = Path.of("/proc/sys/net/core/somaxconn");

  private final List<Path> tables;
  private final int port;

  /** The queue of the socket that listens on this port of this process's network. */
  public Backlog(int port) {
    this(List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp")), port);
  }

  Backlog(List<Path> tables, int port) {
    this.tables = tables;
    this.port = port;
  }

  /**
   * How many may wait at most in any queue of this network, {@code net.core.somaxconn} of tcp(7):
   * listen(2) does not say that it makes a longer queue that short. Empty where the system does not
   * tell.
   */
  public static OptionalInt longest() {
    // By a buffer: a file in /proc/sys ends behind the first read, and Java's own whole reads begin
    // with a byte.
    try (BufferedReader reader = Files.newBufferedReader(SOMAXCONN)) {
      return OptionalInt.of(Integer.parseInt(String.valueOf(reader.readLine()).strip()));
    } catch (IOException | NumberFormatException e) {
      // A system without this setting.
      return OptionalInt.empty();
    }
  }

  /** How many wait; empty where the system does not tell. */
  public OptionalInt length() {
    OptionalInt waiting = OptionalInt.empty();
    for (Path table : tables) {
      try (BufferedReader reader = Files.newBufferedReader(table)) {
        OptionalInt here = length(reader);
        if (here.isPresent()) {
          waiting = OptionalInt.of(waiting.orElse(0) + here.getAsInt());
        }
      } catch (IOException e) {
        // A kernel without this table, for example without IPv6, says nothing about it.
        continue;
      }
    }
    return waiting;
  }

  /**
   * Listening sockets come first, so that this reads a line or two however many sessions there are.
   */
  private OptionalInt length(BufferedReader reader) throws IOException {
    reader.readLine();
    String line;
    while ((line = reader.readLine()) != null) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length < 5 || !fields[3].equals(LISTEN)) {
        return OptionalInt.empty();
      }
      String localPort = fields[1].substring(fields[1].lastIndexOf(':') + 1);
      if (Integer.parseInt(localPort, 16) == port) {
        String received = fields[4].substring(fields[4].indexOf(':') + 1);
        return OptionalInt.of(Integer.parseInt(received, 16));
      }
    }
    return OptionalInt.empty();
  }
}
