package dev.mailservice.smtpd.slots;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Accepts clients, one for each free slot. A slot is reserved before accept(2): while none is free
 * nobody is accepted, and clients wait in the kernel's backlog, connected and without a banner.
 */
public final class Listener implements AutoCloseable {
  /** Keeps a failing accept, for example out of file descriptors, from spinning. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final ServerSocket socket;

  /**
   * Binds, so that a port in use shows before anything else starts.
   *
   * @param backlog how many clients may wait
   * @throws IOException if the address cannot be bound
   */
  public Listener(InetSocketAddress address, int backlog) throws IOException {
    this.socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(address, backlog);
  }

  /** Where it listens, with the port that the system chose where 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /**
   * Starts to accept, on a thread of its own.
   *
   * @param session runs one session, on a virtual thread of its own, and returns when it is over;
   *     the socket is closed and the slot released behind it
   * @param onFailure told when accept fails while the listener is open
   */
  public void start(Slots slots, Consumer<Socket> session, Consumer<IOException> onFailure) {
    Thread.ofPlatform().name("listener").start(() -> acceptUntilClosed(slots, session, onFailure));
  }

  private void acceptUntilClosed(
      Slots slots, Consumer<Socket> session, Consumer<IOException> onFailure) {
    try {
      while (!socket.isClosed()) {
        slots.reserve();
        Socket client;
        try {
          client = socket.accept();
        } catch (IOException e) {
          slots.cancel();
          if (!socket.isClosed()) {
            onFailure.accept(e);
            Thread.sleep(PAUSE_AFTER_FAILURE);
          }
          continue;
        }
        slots.take();
        Thread.ofVirtual().name("session").start(() -> serve(client, slots, session, onFailure));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(
      Socket client, Slots slots, Consumer<Socket> session, Consumer<IOException> onFailure) {
    try (client) {
      session.accept(client);
    } catch (IOException e) {
      onFailure.accept(e);
    } finally {
      slots.release();
    }
  }

  /** Stops accepting; sessions go on. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
