package dev.mailservice.smtpd.slots;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
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

  /** How often a look is taken whether to stop; nobody is accepted later for that. */
  private static final int LOOK_EVERY_MILLIS = 250;

  private static final int LAST_LOOK_MILLIS = 1;

  private final ServerSocket socket;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private volatile boolean last;

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
    socket.setSoTimeout(LOOK_EVERY_MILLIS);
  }

  /** Where it listens, with the port that the system chose where 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Runs one session. */
  @FunctionalInterface
  public interface Serving {
    /**
     * Speaks with a client until it is over, on a virtual thread of its own. The socket is closed
     * behind it, and the slot is released, unless that has happened already.
     */
    void serve(Socket client, Slots.Slot slot);
  }

  /**
   * Starts to accept, on a thread of its own, which goes on after whatever fails.
   *
   * @param onFailure told when a client cannot be accepted while the listener is open
   */
  public void start(Slots slots, Serving sessions, Consumer<Throwable> onFailure) {
    thread.set(
        Thread.ofPlatform()
            .name("listener")
            .start(() -> acceptUntilClosed(slots, sessions, onFailure)));
  }

  /** Whether clients are accepted, at once or as soon as a slot is free. */
  public boolean isAccepting() {
    Thread running = thread.get();
    return running != null && running.isAlive() && !socket.isClosed();
  }

  private void acceptUntilClosed(Slots slots, Serving sessions, Consumer<Throwable> onFailure) {
    try {
      while (!socket.isClosed()) {
        Slots.Slot slot = slots.reserve();
        try {
          accept(slot, sessions, onFailure);
        } catch (SocketTimeoutException e) {
          closeIfLast();
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
  private void accept(Slots.Slot slot, Serving sessions, Consumer<Throwable> onFailure)
      throws IOException {
    Socket client;
    try {
      client = socket.accept();
    } catch (Throwable e) {
      slot.cancel();
      throw e;
    }
    try {
      slot.take();
      Thread.ofVirtual().name("session").start(() -> serve(client, slot, sessions, onFailure));
    } catch (Throwable e) {
      try (client) {
        slot.release(Departure.CUT);
      }
      throw e;
    }
  }

  private static void serve(
      Socket client, Slots.Slot slot, Serving sessions, Consumer<Throwable> onFailure) {
    Departure departure = Departure.CUT;
    try (client) {
      sessions.serve(client, slot);
      departure = Departure.FINISHED;
    } catch (IOException e) {
      onFailure.accept(e);
    } finally {
      slot.release(departure);
    }
  }

  private void closeIfLast() {
    if (last) {
      try {
        close();
      } catch (IOException e) {
        // A socket that cannot be closed is gone already.
        return;
      }
    }
  }

  /**
   * Accepts whoever waits already and then stops, as {@link #close} does. A client in the queue of
   * a socket that is closed sees a reset, and so does one that comes between the last accept and
   * the close: those two stand directly behind each other.
   *
   * @param patience how long those who wait may take to be accepted; then the rest is reset
   */
  public void closeWhenEmpty(Duration patience) throws IOException, InterruptedException {
    if (!socket.isClosed()) {
      last = true;
      socket.setSoTimeout(LAST_LOOK_MILLIS);
      Thread running = thread.get();
      if (running != null) {
        var unused = running.join(patience);
      }
    }
    close();
  }

  /** Stops accepting; sessions go on. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
