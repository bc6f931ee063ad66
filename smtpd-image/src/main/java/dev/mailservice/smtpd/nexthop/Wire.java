package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.table.TimedChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The bytes of a connection. Used by one thread, but for {@link #close}. */
sealed interface Wire extends Closeable {
  /**
   * Waits for bytes, for as long as nobody closes the connection.
   *
   * @return how many there are now in {@code buffer}, from its start; -1 at the end
   */
  int read(byte[] buffer) throws IOException;

  /**
   * Waits for bytes.
   *
   * @return how many there are now in {@code buffer}, from its start; -1 at the end
   * @throws SocketTimeoutException if none come in time; the connection is of no further use
   */
  int read(byte[] buffer, Duration time) throws IOException;

  /** Whether there are bytes to be read without waiting; an end is none. */
  boolean hasInput() throws IOException;

  OutputStream out() throws IOException;

  /**
   * Connects.
   *
   * @throws SocketTimeoutException if nobody answers in time
   */
  static Wire connect(SocketAddress address, Duration time) throws IOException {
    return address instanceof UnixDomainSocketAddress path
        ? Local.connect(path, time)
        : Tcp.connect(address, time);
  }

  /** At least 1: 0 would be for ever. */
  private static int millis(Duration time) {
    return (int) Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** Over the network. */
  record Tcp(Socket socket, InputStream in) implements Wire {
    private static Tcp connect(SocketAddress address, Duration time) throws IOException {
      var socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(address, millis(time));
        return new Tcp(socket, socket.getInputStream());
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer) throws IOException {
      if (socket.getSoTimeout() > 0) {
        socket.setSoTimeout(0);
      }
      return in.read(buffer);
    }

    @Override
    public int read(byte[] buffer, Duration time) throws IOException {
      socket.setSoTimeout(millis(time));
      return in.read(buffer);
    }

    @Override
    public boolean hasInput() throws IOException {
      return in.available() > 0;
    }

    @Override
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** To a socket in the file system, for which the JDK has a channel alone. */
  record Local(SocketChannel channel, ByteBuffer ahead) implements Wire {
    private static final int AHEAD = 1024;

    private static Local connect(UnixDomainSocketAddress path, Duration time) throws IOException {
      var local =
          new Local(
              SocketChannel.open(StandardProtocolFamily.UNIX), ByteBuffer.allocate(AHEAD).flip());
      try {
        var unused = local.within(time, () -> local.channel.connect(path));
        return local;
      } catch (IOException e) {
        local.close();
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer) throws IOException {
      return ahead.hasRemaining() ? readAhead(buffer) : channel.read(ByteBuffer.wrap(buffer));
    }

    @Override
    public int read(byte[] buffer, Duration time) throws IOException {
      return ahead.hasRemaining()
          ? readAhead(buffer)
          : within(time, () -> channel.read(ByteBuffer.wrap(buffer)));
    }

    private int readAhead(byte[] buffer) {
      int count = Math.min(ahead.remaining(), buffer.length);
      ahead.get(buffer, 0, count);
      return count;
    }

    @Override
    public boolean hasInput() throws IOException {
      if (ahead.hasRemaining()) {
        return true;
      }
      channel.configureBlocking(false);
      try {
        ahead.clear();
        channel.read(ahead);
      } finally {
        ahead.flip();
        channel.configureBlocking(true);
      }
      return ahead.hasRemaining();
    }

    @Override
    public OutputStream out() {
      return Channels.newOutputStream(channel);
    }

    private <T> T within(Duration time, TimedChannel.Io<T> io) throws IOException {
      return new TimedChannel(channel, "Connect timed out").within(time, io);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
