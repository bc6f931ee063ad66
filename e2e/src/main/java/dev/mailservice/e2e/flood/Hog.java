package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A client that holds a session for as long as it is let, and comes back at once when it is
 * dropped. Ends when its thread, a virtual one, is interrupted.
 */
final class Hog implements Runnable {
  /** No hog connects more often than this, so that a server that is down gets no busy loop. */
  private static final Duration LEAST_TIME_BETWEEN_CONNECTS = Duration.ofMillis(100);

  private final InetSocketAddress target;
  private final Optional<InetAddress> source;
  private final HogKind kind;
  private final HogCounts counts;
  private final Consumer<Reply> onGreeting;

  Hog(
      InetSocketAddress target,
      Optional<InetAddress> source,
      HogKind kind,
      HogCounts counts,
      Consumer<Reply> onGreeting) {
    this.target = target;
    this.source = source;
    this.kind = kind;
    this.counts = counts;
    this.onGreeting = onGreeting;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long connectedAt = System.nanoTime();
        connectAndHold();
        Duration since = Duration.ofNanos(System.nanoTime() - connectedAt);
        if (since.compareTo(LEAST_TIME_BETWEEN_CONNECTS) < 0) {
          Thread.sleep(LEAST_TIME_BETWEEN_CONNECTS.minus(since));
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void connectAndHold() throws InterruptedException {
    boolean held = false;
    try (SmtpConnection connection = SmtpConnection.open(target, source, Deadline.never())) {
      Reply greeting = awaitGreeting(connection);
      if (greeting.positive()) {
        held = true;
        hold(connection);
      }
    } catch (IOException lost) {
      // That is a hog's life: it comes back.
    }
    (held ? counts.dropped : counts.turnedAway).increment();
  }

  private Reply awaitGreeting(SmtpConnection connection) throws IOException {
    counts.waiting.incrementAndGet();
    try {
      Reply greeting = connection.readReply();
      onGreeting.accept(greeting);
      return greeting;
    } finally {
      counts.waiting.decrementAndGet();
    }
  }

  private void hold(SmtpConnection connection) throws IOException, InterruptedException {
    counts.holding.incrementAndGet();
    try {
      kind.hold(connection);
    } finally {
      counts.holding.decrementAndGet();
    }
  }
}
