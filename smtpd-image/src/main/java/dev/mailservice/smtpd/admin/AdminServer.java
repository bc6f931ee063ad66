package dev.mailservice.smtpd.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The HTTP server for scrapers and probes. It answers GET and HEAD, and holds nothing secret. */
public final class AdminServer implements AutoCloseable {
  /** Seconds that a client of this port may take for its request, so that none can hold it. */
  private static final String MAX_REQUEST_TIME = "10";

  private final HttpServer http;
  private final SmtpdMetrics metrics;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /**
   * Binds; nothing is answered before {@link #start}.
   *
   * @param ready whether clients are accepted: also when all slots are taken, also while draining
   * @param alive whether all that runs from start to end still does; if not, only a new start helps
   * @throws IOException if the address cannot be bound
   */
  public AdminServer(
      InetSocketAddress address, SmtpdMetrics metrics, BooleanSupplier ready, BooleanSupplier alive)
      throws IOException {
    System.setProperty("sun.net.httpserver.maxReqTime", MAX_REQUEST_TIME);
    System.setProperty("sun.net.httpserver.maxRspTime", MAX_REQUEST_TIME);
    this.metrics = metrics;
    this.http = HttpServer.create(address, 0);
    http.setExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin").factory()));
    http.createContext("/", exchange -> answer(exchange, 404, "not found\n"));
    http.createContext("/livez", exchange -> probe(exchange, alive, "not alive\n"));
    http.createContext("/readyz", exchange -> probe(exchange, ready, "not accepting\n"));
    http.createContext("/metrics", this::scrape);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** Starts to answer. */
  public void start() {
    http.start();
  }

  private static void probe(HttpExchange exchange, BooleanSupplier holds, String otherwise)
      throws IOException {
    boolean ok = holds.getAsBoolean();
    answer(exchange, ok ? 200 : 503, ok ? "ok\n" : otherwise);
  }

  private void scrape(HttpExchange exchange) throws IOException {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    ExpositionFormatWriter writer =
        formats.findWriter(accept == null ? OpenMetricsTextFormatWriter.CONTENT_TYPE : accept);
    var body = new ByteArrayOutputStream();
    writer.write(body, metrics.registry().scrape(), EscapingScheme.DEFAULT);
    answer(exchange, 200, writer.getContentType(), body.toByteArray());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    answer(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      switch (exchange.getRequestMethod()) {
        case "GET" -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
        }
        case "HEAD" -> exchange.sendResponseHeaders(status, -1);
        default -> {
          exchange.getResponseHeaders().set("Allow", "GET, HEAD");
          exchange.sendResponseHeaders(405, -1);
        }
      }
    }
  }

  /** Stops answering at once. */
  @Override
  public void close() {
    http.stop(0);
  }
}
