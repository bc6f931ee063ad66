package dev.mailservice.smtpd.tls;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * A connection below TLS that keeps what a handshake says in plain text, because JSSE tells nobody
 * of it. Everything else is the connection's own.
 */
final class ObservedSocket extends Socket {
  /** More than the first messages of any handshake. */
  private static final int LIMIT = 32_768;

  private final Socket socket;
  private final Record heard = new Record();
  private final Record said = new Record();

  ObservedSocket(Socket socket) throws SocketException {
    super((SocketImpl) null);
    this.socket = socket;
  }

  /** Bytes of one direction, until enough is known. */
  private static final class Record {
    private @Nullable ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(byte[] from, int at, int length) {
      if (bytes != null) {
        bytes.write(from, at, Math.min(length, LIMIT - bytes.size()));
      }
    }

    byte[] end() {
      byte[] all = bytes == null ? new byte[] {} : bytes.toByteArray();
      bytes = null;
      return all;
    }
  }

  /** What the other side has said so far. Nothing is kept from now on. */
  byte[] heard() {
    return heard.end();
  }

  /** What this side has said so far. Nothing is kept from now on. */
  byte[] said() {
    return said.end();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(socket.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = {0};
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int at, int length) throws IOException {
        int count = in.read(into, at, length);
        if (count > 0) {
          heard.add(into, at, count);
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(socket.getOutputStream()) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int at, int length) throws IOException {
        said.add(from, at, length);
        out.write(from, at, length);
      }
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isBound() {
    return socket.isBound();
  }

  @Override
  public void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public boolean isInputShutdown() {
    return socket.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return socket.isOutputShutdown();
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return socket.getLocalSocketAddress();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    socket.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return socket.getSoTimeout();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    socket.setSoLinger(on, seconds);
  }

  @Override
  public int getSoLinger() throws SocketException {
    return socket.getSoLinger();
  }
}
