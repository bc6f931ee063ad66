package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.table.LookupTable;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.maincf.table.TableReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Connects to the servers of {@code socketmap:} and {@code tcp:} tables, each server once. */
public final class TableServers implements NetworkTables {
  /** Postfix's limit for both. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(100);

  private final Map<Endpoint, LookupServer> servers = new ConcurrentHashMap<>();
  private final Duration timeLimit;
  private final LongSupplier nanoTime;

  /**
   * With Postfix's time limit.
   *
   * @param nanoTime a clock that only runs forward
   */
  public TableServers(LongSupplier nanoTime) {
    this(TIME_LIMIT, nanoTime);
  }

  TableServers(Duration timeLimit, LongSupplier nanoTime) {
    this.timeLimit = timeLimit;
    this.nanoTime = nanoTime;
  }

  @Override
  public LookupTable open(TableReference reference) {
    return switch (reference.type()) {
      case "socketmap" -> socketmap(reference);
      case "tcp" ->
          new TcpTable(reference.toString(), server(Endpoint.Inet.parse(reference.name())));
      default -> throw new IllegalArgumentException(reference.type() + " is on no server");
    };
  }

  private LookupTable socketmap(TableReference reference) {
    int colon = reference.name().lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "socketmap requires server:socketmap argument, want: socketmap:inet:host:port:name");
    }
    Endpoint endpoint = Endpoint.parse(reference.name().substring(0, colon));
    return new SocketmapTable(
        reference.toString(), reference.name().substring(colon + 1), server(endpoint));
  }

  private LookupServer server(Endpoint endpoint) {
    return servers.computeIfAbsent(
        endpoint, it -> new LookupServer(it, timeLimit, LookupServer.Lifetime.OF_TABLES, nanoTime));
  }
}
