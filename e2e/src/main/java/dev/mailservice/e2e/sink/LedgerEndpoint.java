package dev.mailservice.e2e.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mailservice.e2e.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a ledger as JSON: {@code GET /ledger}. */
public final class LedgerEndpoint implements Closeable {
  private static final ObjectMapper JSON = Json.mapper();

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  private LedgerEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address cannot be had
   */
  public static LedgerEndpoint start(InetSocketAddress address, Ledger ledger) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    LedgerEndpoint endpoint = new LedgerEndpoint(server);
    server.createContext("/ledger", exchange -> answer(exchange, ledger));
    server.setExecutor(endpoint.requests);
    server.start();
    return endpoint;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Ledger ledger) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      JSON.writeValue(exchange.getResponseBody(), ledger.snapshot());
    }
  }
}
