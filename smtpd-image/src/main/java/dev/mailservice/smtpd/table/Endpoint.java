package dev.mailservice.smtpd.table;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a server listens. A name is looked up at each new connection. */
public sealed interface Endpoint {
  /** The addresses to try, in order. */
  List<SocketAddress> addresses() throws IOException;

  /**
   * The addresses to try, in order.
   *
   * @param limit how long looking up a name may take: the system's resolver has time-outs of its
   *     own, one for each server and search domain
   * @throws IOException if they are not known by then
   */
  default List<SocketAddress> addresses(Duration limit) throws IOException {
    var found = new CompletableFuture<List<SocketAddress>>();
    // Not a virtual one: a lookup waits in native code, and would keep a carrier from all others.
    Thread.ofPlatform()
        .daemon()
        .name("name lookup")
        .start(
            () -> {
              try {
                found.complete(addresses());
              } catch (IOException | RuntimeException e) {
                found.completeExceptionally(e);
              }
            });
    try {
      return found.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("host not found", e.getCause());
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("host not found in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking up a name", e);
    }
  }

  /** A host and a port. */
  record Inet(String host, int port) implements Endpoint {
    private static final Pattern SYNTAX =
        Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");

    /**
     * Reads {@code host:port} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Inet parse(String text) {
      Matcher matcher = SYNTAX.matcher(text);
      int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("bad server \"%s\", want: host:port".formatted(text));
      }
      return new Inet(matcher.group(1) != null ? matcher.group(1) : matcher.group(2), port);
    }

    @Override
    public List<SocketAddress> addresses() throws IOException {
      return Stream.of(InetAddress.getAllByName(host))
          .<SocketAddress>map(address -> new InetSocketAddress(address, port))
          .toList();
    }
  }

  /** A socket in the file system. */
  record Unix(UnixDomainSocketAddress address) implements Endpoint {
    @Override
    public List<SocketAddress> addresses() {
      return List.of(address);
    }

    @Override
    public List<SocketAddress> addresses(Duration limit) {
      return addresses();
    }
  }

  /**
   * Reads {@code inet:host:port} or {@code unix:path}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Endpoint parse(String text) {
    if (text.startsWith("inet:")) {
      return Inet.parse(text.substring("inet:".length()));
    }
    String path = text.replaceFirst("^(unix|local):", "");
    if (path.isEmpty() || path.equals(text)) {
      throw new IllegalArgumentException(
          "bad server \"%s\", want: inet:host:port or unix:path".formatted(text));
    }
    try {
      return new Unix(UnixDomainSocketAddress.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("bad path \"%s\"".formatted(path), e);
    }
  }
}
