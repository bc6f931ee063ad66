package dev.mailservice.e2e.sink;

import dev.mailservice.e2e.smtp.AddressAndPort;
import dev.mailservice.e2e.smtp.LineReader;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Serves {@link SinkSession} on a TCP port, a virtual thread a connection. */
public final class SinkServer implements Closeable {
  private static final int BACKLOG = 4096;
  private static final int BUFFER = 16_384;
  private static final int REPLIES = 1024;
  private static final int MAX_LINE = 65536;
  private static final long ACCEPT_RETRY_NANOS = 10_000_000;

  private final ServerSocket listener;
  private final String hostName;
  private final Ledger ledger;
  private final Duration answerDelay;
  private final ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor();

  private SinkServer(ServerSocket listener, String hostName, Ledger ledger, Duration answerDelay) {
    this.listener = listener;
    this.hostName = hostName;
    this.ledger = ledger;
    this.answerDelay = answerDelay;
  }

  /**
   * Starts to listen.
   *
   * @param address where to; port 0 takes any free one
   * @param hostName what the greeting says
   * @throws IOException when the address cannot be had
   */
  public static SinkServer start(InetSocketAddress address, String hostName, Ledger ledger)
      throws IOException {
    return start(address, hostName, ledger, Duration.ZERO);
  }

  /**
   * The same with a next hop that takes its time.
   *
   * @param answerDelay between the note in the ledger and the 250
   * @throws IOException when the address cannot be had
   */
  public static SinkServer start(
      InetSocketAddress address, String hostName, Ledger ledger, Duration answerDelay)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(address, BACKLOG);
    } catch (IOException failure) {
      listener.close();
      throw new IOException(
          "cannot listen on %s: %s".formatted(AddressAndPort.format(address), failure.getMessage()),
          failure);
    }
    SinkServer server = new SinkServer(listener, hostName, ledger, answerDelay);
    server.sessions.execute(server::accept);
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Stops to listen and drops every connection. */
  @Override
  public void close() throws IOException {
    listener.close();
    // Interrupts the sessions, which closes their sockets.
    sessions.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sessions.execute(() -> serve(socket));
      } catch (IOException closedOrOutOfFiles) {
        LockSupport.parkNanos(ACCEPT_RETRY_NANOS);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      converse(
          new LineReader(socket.getInputStream(), BUFFER, MAX_LINE),
          new BufferedOutputStream(socket.getOutputStream(), REPLIES));
    } catch (IOException gone) {
      // A client that hangs up is its own affair: what was acknowledged is in the ledger.
    }
  }

  private void converse(LineReader in, OutputStream out) throws IOException {
    SinkSession session = new SinkSession(hostName, ledger);
    send(out, session.greeting());
    out.flush();
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(session, line, out);
        if (session.passesOverBody()) {
          if (!in.skipToDot()) {
            return;
          }
          answer(session, ".", out);
        }
        if (session.ended() || !in.hasBufferedInput()) {
          out.flush();
        }
        if (session.ended()) {
          return;
        }
      }
    } catch (ProtocolException lineTooLong) {
      send(out, SinkSession.LINE_TOO_LONG);
      out.flush();
    }
  }

  private void answer(SinkSession session, String line, OutputStream out) throws IOException {
    String reply = session.line(line);
    if (session.tookMessage()) {
      takeTime();
    }
    send(out, reply);
  }

  /** A next hop that is told to end does not say what became of a message. */
  private void takeTime() throws IOException {
    if (answerDelay.isZero()) {
      return;
    }
    try {
      Thread.sleep(answerDelay);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException(ended);
    }
  }

  private static void send(OutputStream out, String reply) throws IOException {
    out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
  }
}
