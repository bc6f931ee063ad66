package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** What tests see of a server that nobody else needs to. */
public record ServerInsides(Smtpd smtpd) {
  /** 127.0.0.1 as the table writes it, also behind the prefix of an IPv6 socket. */
  private static final String LOOPBACK = "0100007F";

  private static final int LOCAL_ADDRESS = 1;
  private static final int REMOTE_ADDRESS = 2;
  private static final int INODE = 9;
  private static final Duration AT_ONCE = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Holds a session with a client that is in memory, on the calling thread. */
  public void serve(Socket client) {
    try {
      smtpd.serve(client);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who is there, and what is held for them; nothing if all is as before the first client. */
  public List<String> held() {
    var held = new ArrayList<String>();
    add(held, "slots taken", smtpd.usage().active());
    add(held, "sessions of the next hop in use", smtpd.deliveries());
    add(held, "client networks counted", smtpd.clientNetworks());
    return held;
  }

  private static void add(List<String> held, String what, int count) {
    if (count != 0) {
      held.add(count + " " + what);
    }
  }

  /** Waits until nothing is held for clients that have gone. */
  public void awaitNothingHeld() {
    awaitEmpty(this::held);
  }

  /** Waits until a server that is closed has no socket of a client, nor of its own. */
  public void awaitNoSocket() {
    String own = LOOPBACK + ":%04X".formatted(smtpd.address().getPort());
    awaitNone(fields -> fields[LOCAL_ADDRESS].endsWith(own));
  }

  /** Sockets of this process that are connected to this port of loopback, by their inodes. */
  static Set<String> socketsTo(int port) {
    try {
      return sockets(isTo(port)).stream()
          .map(it -> it.split("\\s+")[INODE])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until nobody in this process has a connection to this port of loopback.
   *
   * @param others inodes of sockets that do not count, as they were there before: servers of other
   *     tests keep sessions with a next hop for a while that had the port before and is gone
   */
  static void awaitNoSocketTo(int port, Set<String> others) {
    Predicate<String[]> to = isTo(port);
    awaitNone(fields -> to.test(fields) && !others.contains(fields[INODE]));
  }

  private static Predicate<String[]> isTo(int port) {
    String there = LOOPBACK + ":%04X".formatted(port);
    return fields -> fields[REMOTE_ADDRESS].endsWith(there);
  }

  private static void awaitNone(Predicate<String[]> which) {
    awaitEmpty(() -> sockets(which));
  }

  private static void awaitEmpty(Callable<List<String>> left) {
    try {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(AT_ONCE)
          .atMost(PATIENCE)
          .until(left, List::isEmpty);
    } catch (ConditionTimeoutException e) {
      // Who expects a server to fail must not take it for such a failure.
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Fails if a log tells of what only a fault of the server can bring about. */
  public static void requireNoFault(List<String> log) {
    assertThat(log)
        .as("what no client may bring about")
        .noneMatch(it -> it.contains("ended by a fault") || it.contains("java."));
  }

  /**
   * The lines of proc_net_tcp(5) about sockets that this process has open: another may have been
   * given the same port since.
   */
  private static List<String> sockets(Predicate<String[]> which) throws IOException {
    Set<String> own = ownSockets();
    var sockets = new ArrayList<String>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      if (!Files.exists(Path.of(table))) {
        continue;
      }
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+");
        if (which.test(fields) && own.contains("socket:[%s]".formatted(fields[INODE]))) {
          sockets.add(line.strip());
        }
      }
    }
    return sockets;
  }

  private static Set<String> ownSockets() throws IOException {
    var own = new HashSet<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        try {
          own.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException e) {
          // It was closed a moment ago.
          continue;
        }
      }
    }
    return own;
  }
}
