package dev.mailservice.smtpd.slots;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts clients, one for each free slot. A slot is reserved before accept(2): while none is free
 * nobody is accepted, and clients wait in the kernel's backlog, connected and without a banner.
 */
public final class Listener implements AutoCloseable {
  /** Keeps a failing accept, for example out of file descriptors, from spinning. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final ServerSocket socket;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

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
   * Starts to accept, on a thread of its own, which goes on after whatever fails.
   *
   * @param session runs one session, on a virtual thread of its own, and returns when it is over;
   *     the socket is closed and the slot released behind it
   * @param onFailure told when a client cannot be accepted while the listener is open
   */
  public void start(Slots slots, Consumer<Socket> session, Consumer<Throwable> onFailure) {
    thread.set(
        Thread.ofPlatform()
            .name("listener")
            .start(() -> acceptUntilClosed(slots, session, onFailure)));
  }

  /** Whether clients are accepted, at once or as soon as a slot is free. */
  public boolean isAccepting() {
    Thread running = thread.get();
    return running != null && running.isAlive() && !socket.isClosed();
  }

  private void acceptUntilClosed(
      Slots slots, Consumer<Socket> session, Consumer<Throwable> onFailure) {
    try {
      while (!socket.isClosed()) {
        slots.reserve();
        try {
          accept(slots, session, onFailure);
        } catch (Throwable e) {
          // Not even an Error may end it: the server would look well and take no mail any more.
          if (!socket.isClosed()) {
            onFailure.accept(e);
            Thread.sleep(PAUSE_AFTER_FAILURE);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Accepts one client; whatever fails, the slot is given back. */
  private void accept(Slots slots, Consumer<Socket> session, Consumer<Throwable> onFailure)
      throws IOException {
    Socket client;
    try {
      client = socket.accept();
    } catch (Throwable e) {
      slots.cancel();
      throw e;
    }
    try {
      slots.take();
      Thread.ofVirtual().name("session").start(() -> serve(client, slots, session, onFailure));
    } catch (Throwable e) {
      try (client) {
        slots.release();
      }
      throw e;
    }
  }

  private static void serve(
      Socket client, Slots slots, Consumer<Socket> session, Consumer<Throwable> onFailure) {
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
