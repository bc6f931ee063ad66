package dev.mailservice.smtpd.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** A client in memory: what it says is there when it is waited for, and then it is gone. */
final class ScriptedSocket extends Socket {
  private final Circumstances circumstances;
  private final byte[] says;
  private final int from;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private int at;
  private boolean over;
  private boolean gone;

  /**
   * @param input what it says stands behind {@link Circumstances#LENGTH} bytes
   */
  ScriptedSocket(Circumstances circumstances, byte[] input) {
    this.circumstances = circumstances;
    this.says = input;
    this.from = Circumstances.LENGTH;
    this.at = from;
  }

  /** What it was told. */
  String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether it has heard all that it was told. */
  boolean heardAll() {
    return !gone;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws SocketException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws SocketException {
        if (over) {
          return -1;
        }
        if (gone || (at == says.length && circumstances.resets())) {
          throw new SocketException("Connection reset");
        }
        int count = Math.min(length, available(circumstances.patient()));
        System.arraycopy(says, at, bytes, offset, count);
        at += count;
        return count == 0 ? -1 : count;
      }

      @Override
      public int available() {
        return circumstances.patient() ? 0 : says.length - at;
      }

      private int available(boolean oneLine) {
        int end = at;
        while (end < says.length && !(oneLine && end > at && says[end - 1] == '\n')) {
          end++;
        }
        return end - at;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws SocketException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws SocketException {
        if (gone || heard.size() + length > circumstances.takes()) {
          gone = true;
          throw new SocketException("Broken pipe");
        }
        heard.write(bytes, offset, length);
      }
    };
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return new InetSocketAddress(address(circumstances.client().address()), 50_000);
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return new InetSocketAddress(address("127.0.0.1"), 25);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public void shutdownInput() {
    over = true;
  }

  @Override
  public void close() {
    gone = true;
  }
}
