package dev.mailservice.e2e.bench.start;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The first banner that a client gets who tries again and again. */
final class FirstBanner {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private FirstBanner() {}

  /**
   * Waits for it.
   *
   * @throws IOException if there is none for a minute, or something else is said
   */
  static void await(InetSocketAddress address) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try (var socket = new Socket(address.getAddress(), address.getPort())) {
        String said = new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
        if (said.equals("220 ")) {
          return;
        }
        throw new IOException("no banner but \"%s\"".formatted(said));
      } catch (ConnectException notYet) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw notYet;
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
  }
}
