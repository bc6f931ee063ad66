package dev.mailservice.smtpd.slots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How often a client found the queue of a listening socket full: {@code ListenOverflows} in {@code
 * /proc/net/netstat}. Linux counts for a network and not for a socket: in a pod that is the pod's,
 * on a host it is everybody's. An overflow is a SYN, or the end of a handshake, that was dropped;
 * clients try again after a second, then two, then four.
 */
public final class BacklogOverflow {
  private static final String EXTENSION = "TcpExt:";
  private static final String OVERFLOWS = "ListenOverflows";

  private final Path table;
  private final long before;

  /** Counts from now on, in this process's network. */
  public BacklogOverflow() {
    this(Path.of("/proc/net/netstat"));
  }

  BacklogOverflow(Path table) {
    this.table = table;
    this.before = total();
  }

  /** How many there were since this was made; 0 where the system does not tell. */
  public long count() {
    return Math.max(total() - before, 0);
  }

  /** A line of names, and behind it one of their values. */
  private long total() {
    try {
      List<String> lines =
          Files.readAllLines(table).stream().filter(it -> it.startsWith(EXTENSION)).toList();
      if (lines.size() < 2) {
        return 0;
      }
      int column = List.of(lines.get(0).split(" ")).indexOf(OVERFLOWS);
      String[] values = lines.get(1).split(" ");
      return column > 0 && column < values.length ? Long.parseLong(values[column]) : 0;
    } catch (IOException e) {
      // A system without proc(5).
      return 0;
    }
  }
}
