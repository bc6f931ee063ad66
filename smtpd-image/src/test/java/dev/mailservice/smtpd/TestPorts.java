package dev.mailservice.smtpd;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback that were free a moment ago. They are none that the system gives out, lest it
 * give them to another test meanwhile.
 */
final class TestPorts {
  private static final int FIRST = 10_000;
  private static final int COUNT = 20_000;

  /** Other processes begin somewhere else. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 50 % COUNT));

  private TestPorts() {}

  static int free() throws IOException {
    while (true) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has it: the next one.
        continue;
      }
    }
  }
}
