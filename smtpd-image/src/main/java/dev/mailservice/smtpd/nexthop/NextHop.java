package dev.mailservice.smtpd.nexthop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The next hop, with a bound on how many sessions the server holds with it at once. */
public final class NextHop {
  private final NextHopAddress address;
  private final Settings settings;
  private final LongSupplier nanos;
  private final Semaphore free;

  /**
   * @param ehlo {@code smtpd_proxy_ehlo}
   * @param timeout {@code smtpd_proxy_timeout}, for connecting and for each reply
   * @param concurrencyLimit {@code smtpd_proxy_concurrency_limit}
   */
  public record Settings(String ehlo, Duration timeout, int concurrencyLimit) {}

  /**
   * Nothing is connected yet.
   *
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public NextHop(NextHopAddress address, Settings settings, LongSupplier nanos) {
    this.address = address;
    this.settings = settings;
    this.nanos = nanos;
    this.free = new Semaphore(settings.concurrencyLimit());
  }

  /** How many sessions are open. */
  public int active() {
    return settings.concurrencyLimit() - free.availablePermits();
  }

  /** Whom it stands for, for logs. */
  public NextHopAddress address() {
    return address;
  }

  /**
   * Opens a session and says EHLO.
   *
   * @param patience how long to wait for a free session where all are in use
   * @throws IOException if none becomes free in time, or the next hop cannot be reached or does not
   *     greet; the message is for the log
   */
  public NextHopTransaction open(Duration patience) throws IOException {
    if (!acquire(patience)) {
      throw new IOException(
          "no free session after %d s: %d are in use"
              .formatted(patience.toSeconds(), settings.concurrencyLimit()));
    }
    try {
      return NextHopTransaction.greet(connect(), settings, nanos, free::release);
    } catch (IOException e) {
      free.release();
      throw e;
    }
  }

  private boolean acquire(Duration patience) throws IOException {
    try {
      return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a free session", e);
    }
  }

  /** Tries the host's addresses one after the other. */
  private Socket connect() throws IOException {
    IOException last = new IOException("no address");
    for (InetAddress candidate : InetAddress.getAllByName(address.host())) {
      var socket = new Socket();
      try {
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        socket.setSoTimeout(timeout);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(candidate, address.port()), timeout);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }
}
