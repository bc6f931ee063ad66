package dev.mailservice.operator.gather;

import dev.mailservice.operator.gather.ScrapeResult.Answered;
import dev.mailservice.operator.gather.ScrapeResult.Failed;
import dev.mailservice.operator.gather.ScrapeResult.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks many pods for their metrics at once, within one deadline for all of them.
 *
 * <p>Connections are kept, so a tick costs a request and no handshake. Thread-safe.
 */
final class Scraper implements AutoCloseable {
  /** The header by which the leader leads a pod; its value says who leads. */
  static final String LEADER_HEADER = "MailService-Leader";

  /** An answer of the reference image has about 4 KiB. */
  static final long MOST_BYTES = 256 * 1024;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final Duration deadline;
  private final String identity;

  /**
   * @param identity who leads, for the header
   * @param deadline time for all answers together
   */
  Scraper(String identity, Duration deadline) {
    this.identity = identity;
    this.deadline = deadline;
    this.http =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(deadline)
            .executor(threads)
            .build();
  }

  /**
   * Asks every one of {@code targets}.
   *
   * @return the results, in the order of the targets
   */
  List<ScrapeResult> scrape(List<URI> targets) throws InterruptedException {
    List<Callable<ScrapeResult>> requests = new ArrayList<>();
    for (URI target : targets) {
      requests.add(() -> scrape(target));
    }
    List<ScrapeResult> results = new ArrayList<>();
    // Cancels at the deadline whoever has sent a head but no end of a body.
    for (Future<ScrapeResult> answer :
        threads.invokeAll(requests, deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      results.add(result(answer));
    }
    return results;
  }

  private ScrapeResult result(Future<ScrapeResult> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException _) {
      return timedOut();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scrape ended in an unforeseen way", e.getCause());
    }
  }

  private ScrapeResult scrape(URI target) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(target)
            .timeout(deadline)
            .header(LEADER_HEADER, identity)
            .header("Accept", "application/openmetrics-text; version=1.0.0, text/plain; q=0.5")
            .build();
    try {
      return read(http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES)));
    } catch (HttpTimeoutException _) {
      return timedOut();
    } catch (IOException e) {
      boolean tooLarge = String.valueOf(e.getMessage()).contains("body exceeds capacity");
      return tooLarge
          ? new Failed(Failure.TOO_LARGE, "more than " + MOST_BYTES + " bytes")
          : new Failed(Failure.UNREACHABLE, e.toString());
    }
  }

  private static ScrapeResult read(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return new Failed(Failure.STATUS, "status " + response.statusCode());
    }
    try {
      return new Answered(MetricsText.parse(response.body()));
    } catch (MalformedMetricsException e) {
      return new Failed(Failure.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private ScrapeResult timedOut() {
    return new Failed(Failure.TIMEOUT, "no answer within " + deadline.toMillis() + " ms");
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
