package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/** A next hop that may go away and come back; its ledger stays, as a queue on disk would. */
final class NextHop implements Closeable {
  private static final String NAME = "sink.example.test";

  private final Ledger ledger = new Ledger(Instant.EPOCH);
  private final Duration answerDelay;
  private SinkServer server;

  /**
   * @param answerDelay how long it takes to say 250 to what it has noted
   */
  NextHop(Duration answerDelay) throws IOException {
    this.answerDelay = answerDelay;
    this.server = start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private SinkServer start(InetSocketAddress address) throws IOException {
    return SinkServer.start(address, NAME, ledger, answerDelay);
  }

  InetSocketAddress address() {
    return server.address();
  }

  Ledger ledger() {
    return ledger;
  }

  /** Hangs up on everybody, and listens again after a while. */
  void restart(Duration away) throws IOException, InterruptedException {
    InetSocketAddress address = address();
    server.close();
    Thread.sleep(away);
    server = start(address);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
