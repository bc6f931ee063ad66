package dev.mailservice.smtpd.table;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server of tables or policies. Connections are kept while they are in use and some seconds
 * longer; one that the server has closed meanwhile is replaced once. Calls block, and a virtual
 * thread that waits holds no carrier.
 */
public final class LookupServer {
  /**
   * How long a connection is kept.
   *
   * @param idle unused
   * @param age at all
   * @param questions how many it is good for; 0 for any number
   */
  public record Lifetime(Duration idle, Duration age, int questions) {
    /** Postfix's limits for socketmap. */
    static final Lifetime OF_TABLES =
        new Lifetime(Duration.ofSeconds(10), Duration.ofSeconds(100), 0);
  }

  private final Endpoint endpoint;
  private final Duration timeLimit;
  private final Lifetime lifetime;
  private final LongSupplier nanoTime;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param timeLimit for one question, from connecting to the last byte of the answer
   * @param nanoTime a clock that only runs forward
   */
  public LookupServer(
      Endpoint endpoint, Duration timeLimit, Lifetime lifetime, LongSupplier nanoTime) {
    this.endpoint = endpoint;
    this.timeLimit = timeLimit;
    this.lifetime = lifetime;
    this.nanoTime = nanoTime;
  }

  /** Reads one answer. */
  @FunctionalInterface
  public interface Answer<T> {
    T read(Input input) throws IOException;
  }

  /** The bytes that the server sends. */
  public interface Input {
    /**
     * The next byte.
     *
     * @throws EOFException if the server has closed the connection
     */
    int read() throws IOException;

    /** The next {@code length} bytes. */
    default byte[] read(int length) throws IOException {
      var bytes = new ByteArrayOutputStream(length);
      for (int i = 0; i < length; i++) {
        bytes.write(read());
      }
      return bytes.toByteArray();
    }
  }

  /**
   * Asks one question.
   *
   * @throws IOException if the server cannot be reached, is too slow, or closes the connection
   */
  public <T> T ask(byte[] question, Answer<T> answer) throws IOException {
    long deadline = nanoTime.getAsLong() + timeLimit.toNanos();
    Connection kept = takeIdle();
    if (kept != null) {
      try {
        return ask(kept, question, answer, deadline);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // The server may have restarted since; a new connection will tell.
      }
    }
    return ask(connect(deadline), question, answer, deadline);
  }

  private <T> T ask(Connection connection, byte[] question, Answer<T> answer, long deadline)
      throws IOException {
    boolean answered = false;
    try {
      T result =
          within(
              deadline,
              connection.channel(),
              () -> {
                var out = ByteBuffer.wrap(question);
                while (out.hasRemaining()) {
                  connection.channel().write(out);
                }
                return answer.read(connection);
              });
      answered = true;
      connection.answered();
      return result;
    } finally {
      if (answered && !connection.isOld(nanoTime.getAsLong())) {
        connection.rest(nanoTime.getAsLong());
        idle.push(connection);
        closeStale();
      } else {
        connection.close();
      }
    }
  }

  private @Nullable Connection takeIdle() {
    long now = nanoTime.getAsLong();
    while (true) {
      Connection connection = idle.poll();
      if (connection == null || connection.isFresh(now)) {
        return connection;
      }
      connection.close();
    }
  }

  /** The one used last is taken first, so that those no longer needed grow old at the other end. */
  private void closeStale() {
    long now = nanoTime.getAsLong();
    for (Connection last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (last.isFresh(now)) {
        idle.addLast(last);
        return;
      }
      last.close();
    }
  }

  private Connection connect(long deadline) throws IOException {
    IOException last = new ConnectException("no address");
    Duration left = Duration.ofNanos(deadline - nanoTime.getAsLong());
    for (SocketAddress address : endpoint.addresses(left)) {
      SocketChannel channel =
          address instanceof UnixDomainSocketAddress
              ? SocketChannel.open(StandardProtocolFamily.UNIX)
              : SocketChannel.open();
      try {
        within(deadline, channel, () -> channel.connect(address));
        return new Connection(channel, lifetime, nanoTime.getAsLong());
      } catch (SocketTimeoutException e) {
        channel.close();
        throw e;
      } catch (IOException e) {
        channel.close();
        last = e;
      }
    }
    throw last;
  }

  private <T> T within(long deadline, SocketChannel channel, TimedChannel.Io<T> io)
      throws IOException {
    Duration left = Duration.ofNanos(deadline - nanoTime.getAsLong());
    return new TimedChannel(channel, "time limit exceeded").within(left, io);
  }

  /** One connection, used by one question at a time. */
  private static final class Connection implements Input {
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).flip();
    private final Lifetime lifetime;
    private final long since;
    private volatile long idleSince;
    private volatile int questions;

    Connection(SocketChannel channel, Lifetime lifetime, long now) {
      this.channel = channel;
      this.lifetime = lifetime;
      this.since = now;
      this.idleSince = now;
    }

    SocketChannel channel() {
      return channel;
    }

    @Override
    public int read() throws IOException {
      if (!buffer.hasRemaining()) {
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        if (count <= 0) {
          throw new EOFException("unexpected end of the connection");
        }
      }
      return buffer.get() & 0xff;
    }

    void rest(long now) {
      idleSince = now;
    }

    void answered() {
      questions++;
    }

    boolean isOld(long now) {
      return now - since > lifetime.age().toNanos()
          || (lifetime.questions() > 0 && questions >= lifetime.questions())
          || buffer.hasRemaining();
    }

    boolean isFresh(long now) {
      return channel.isOpen() && !isOld(now) && now - idleSince <= lifetime.idle().toNanos();
    }

    void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // It is of no use any more either way.
      }
    }
  }
}
