package dev.mailservice.e2e.load;

import dev.mailservice.e2e.flood.Arrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** Sends what a plan says. */
public final class Load {
  private Load() {}

  /**
   * Runs a plan to its end. Clients that are not done when their patience ends are broken off, and
   * their messages stay without an answer.
   *
   * @param run tells this run's Message-IDs from those of any other: letters and digits
   * @param ledger is told each message's fate
   */
  public static LoadResult run(LoadPlan plan, String run, ClientLedger ledger)
      throws InterruptedException {
    var numbers = new AtomicLong();
    MessageTemplate template = MessageTemplate.of(run, plan.messageSize());
    var clients = new ArrayList<Client>();
    long start = System.nanoTime();
    try (Pace pace = pace(plan, start);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < plan.clients(); i++) {
        var client = new Client(plan, pace, numbers, template.copy(), ledger);
        clients.add(client);
        running.add(
            threads.submit(
                () -> {
                  client.run();
                  return null;
                }));
      }
      threads.shutdown();
      boolean ended =
          threads.awaitTermination(
              plan.duration().plus(plan.patience()).toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        threads.shutdownNow();
      }
      failures(running);
    }
    return result(clients, System.nanoTime() - start);
  }

  private static Pace pace(LoadPlan plan, long start) {
    return plan.arrivals()
        .<Pace>map(
            open ->
                new OpenPace(
                    start,
                    plan.duration(),
                    new Arrivals(open.perSecond(), open.pattern(), open.seed())))
        .orElseGet(() -> new ClosedPace(start, plan.duration()));
  }

  /** A mistake in a client must not look like a server's. */
  private static void failures(List<Future<?>> running) throws InterruptedException {
    for (Future<?> client : running) {
      try {
        client.get();
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof InterruptedException)) {
          throw new IllegalStateException(failed.getCause());
        }
      }
    }
  }

  private static LoadResult result(List<Client> clients, long nanos) {
    var delays = new Histogram(3);
    var banners = new Histogram(3);
    long offered = 0;
    for (Client client : clients) {
      delays.add(client.delayMicros());
      banners.add(client.bannerMicros());
      offered += client.offered();
    }
    return new LoadResult(
        offered, delays.getTotalCount(), java.time.Duration.ofNanos(nanos), delays, banners);
  }
}
