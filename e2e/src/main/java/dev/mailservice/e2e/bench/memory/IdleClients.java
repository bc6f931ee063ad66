package dev.mailservice.e2e.bench.memory;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;

/**
 * Clients that have said EHLO and say no more. They come from several addresses of 127.0.0.0/8, as
 * one has not ports enough. Closing hangs up on all.
 */
public final class IdleClients implements AutoCloseable {
  private static final String EHLO = "EHLO client.example.net";
  private static final int ADDRESSES = 16;
  private static final int AT_ONCE = 8;

  private final InetSocketAddress server;
  private final Optional<SSLContext> tls;
  private final Duration patience;
  private final List<SmtpConnection> held = new ArrayList<>();

  /**
   * Nobody has come yet.
   *
   * @param tls empty for clients that stay in plain text
   * @param patience for how long each waits for a reply
   */
  public IdleClients(InetSocketAddress server, Optional<SSLContext> tls, Duration patience) {
    this.server = server;
    this.tls = tls;
    this.patience = patience;
  }

  /** How many are there. */
  int count() {
    return held.size();
  }

  /**
   * More come, until there are so many.
   *
   * @throws IOException when one is refused or has to wait for too long; those that came stay
   */
  public void growTo(int count) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<SmtpConnection>> coming = new ArrayList<>();
      for (int i = held.size(); i < count; i++) {
        int number = i;
        coming.add(threads.submit(() -> come(number)));
      }
      IOException refused = null;
      for (Future<SmtpConnection> client : coming) {
        try {
          held.add(client.get());
        } catch (ExecutionException e) {
          refused = new IOException(e.getCause());
        }
      }
      if (refused != null) {
        throw refused;
      }
    }
  }

  private SmtpConnection come(int number) throws IOException {
    var source = InetAddress.getByName("127.0.0." + (2 + number % ADDRESSES));
    var client =
        SmtpConnection.open(
            server, Optional.of(source), Deadline.after(System.nanoTime(), patience));
    try {
      require(client.readReply());
      require(client.command(EHLO));
      if (tls.isPresent()) {
        require(client.command("STARTTLS"));
        client.startTls(tls.get().getSocketFactory(), "peer-" + number);
        require(client.command(EHLO));
      }
      return client;
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static void require(Reply reply) throws ProtocolException {
    if (!reply.positive()) {
      throw new ProtocolException(reply.toString());
    }
  }

  @Override
  public void close() throws IOException {
    for (SmtpConnection client : held) {
      client.close();
    }
  }
}
