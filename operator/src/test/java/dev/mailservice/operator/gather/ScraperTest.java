package dev.mailservice.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.mailservice.operator.decision.Sample;
import dev.mailservice.operator.gather.ScrapeResult.Answered;
import dev.mailservice.operator.gather.ScrapeResult.Failed;
import dev.mailservice.operator.gather.ScrapeResult.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against real servers on the loopback interface. */
class ScraperTest {
  private static final Duration PLENTY = Duration.ofSeconds(20);
  private static final String METRICS =
      "smtpd_sessions_active 1\nsmtpd_process_limit 100\nsmtpd_saturations_total 2\n";

  private final List<HttpServer> servers = new ArrayList<>();
  private final CountDownLatch testEnds = new CountDownLatch(1);

  @AfterEach
  void stop() {
    testEnds.countDown();
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void a_pod_is_asked_in_the_name_of_the_leader() throws Exception {
    var leaders = new ConcurrentLinkedQueue<String>();
    URI pod =
        server(
            exchange -> {
              leaders.add(exchange.getRequestHeaders().getFirst("MailService-Leader"));
              answer(exchange, 200, METRICS);
            });

    assertThat(scrape(PLENTY, pod)).containsExactly(new Answered(new Sample(1, 100, 2)));
    assertThat(leaders).containsExactly("operator-1");
  }

  @Test
  void pods_are_asked_all_at_once_and_answered_in_order() throws Exception {
    var everyone = new Phaser(3);
    HttpHandler waitsForTheOthers =
        exchange -> {
          everyone.arriveAndAwaitAdvance();
          answer(exchange, 200, METRICS);
        };
    URI first = server(waitsForTheOthers);
    URI second = server(exchange -> answer(exchange, 503, "not now"));
    URI third = server(waitsForTheOthers);
    URI fourth = server(waitsForTheOthers);

    assertThat(scrape(PLENTY, first, second, third, fourth))
        .extracting(result -> result.sample().isPresent())
        .containsExactly(true, false, true, true);
  }

  @Test
  void connections_are_kept_from_one_scrape_to_the_next() throws Exception {
    Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    URI pod =
        server(
            exchange -> {
              clientPorts.add(exchange.getRemoteAddress().getPort());
              answer(exchange, 200, METRICS);
            });

    try (var scraper = new Scraper("operator-1", PLENTY)) {
      for (int round = 0; round < 5; round++) {
        assertThat(scraper.scrape(List.of(pod))).first().isInstanceOf(Answered.class);
      }
    }
    assertThat(clientPorts).hasSize(1);
  }

  @Test
  void a_pod_that_does_not_answer_in_time_does_not_hold_up_the_others() throws Exception {
    URI silent = server(_ -> waitForTheEnd());
    URI swift = server(exchange -> answer(exchange, 200, METRICS));

    List<ScrapeResult> results = scrape(Duration.ofSeconds(2), silent, swift);

    assertThat(failures(results)).containsExactly(Failure.TIMEOUT);
    assertThat(results).last().isInstanceOf(Answered.class);
  }

  @Test
  void a_body_that_does_not_end_is_cut_off_at_the_deadline() throws Exception {
    URI trickling =
        server(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("smtpd_".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              waitForTheEnd();
            });

    assertThat(failures(scrape(Duration.ofSeconds(1), trickling))).containsExactly(Failure.TIMEOUT);
  }

  @Test
  void a_body_that_is_too_large_is_not_read() throws Exception {
    String flood = "x".repeat((int) Scraper.MOST_BYTES + 1);
    URI pod = server(exchange -> answer(exchange, 200, flood));

    assertThat(failures(scrape(PLENTY, pod))).containsExactly(Failure.TOO_LARGE);
  }

  @Test
  void a_refused_connection_a_wrong_status_and_a_wrong_text_are_told_apart() throws Exception {
    URI nobody = nobody();
    URI broken = server(exchange -> answer(exchange, 500, METRICS));
    URI wrong = server(exchange -> answer(exchange, 200, "<html>"));
    URI elsewhere =
        server(
            exchange -> {
              exchange.getResponseHeaders().add("Location", "http://192.0.2.1/");
              answer(exchange, 302, "");
            });

    assertThat(failures(scrape(PLENTY, nobody, broken, wrong, elsewhere)))
        .containsExactly(Failure.UNREACHABLE, Failure.STATUS, Failure.MALFORMED, Failure.STATUS);
  }

  @Test
  void no_pods_are_no_work() throws Exception {
    assertThat(scrape(PLENTY)).isEqualTo(Collections.emptyList());
  }

  private static List<ScrapeResult> scrape(Duration deadline, URI... pods) throws Exception {
    try (var scraper = new Scraper("operator-1", deadline)) {
      return scraper.scrape(List.of(pods));
    }
  }

  private static List<Failure> failures(List<ScrapeResult> results) {
    return results.stream()
        .filter(Failed.class::isInstance)
        .map(result -> ((Failed) result).failure())
        .toList();
  }

  private URI server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/metrics", handler);
    server.start();
    servers.add(server);
    return uri(server.getAddress().getPort());
  }

  private static URI nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return uri(socket.getLocalPort());
    }
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void waitForTheEnd() {
    try {
      testEnds.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
