package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.protocol.Reply;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * One session with the next hop, for one message. Closing it before {@link #endContent} leaves
 * nothing behind at the next hop: without its final dot a message does not exist.
 */
public final class NextHopTransaction implements Closeable {
  private static final int MAX_REPLY_LINES = 100;
  private static final int MAX_REPLY_LINE = 2048;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Duration timeout;
  private final LongSupplier nanos;
  private volatile boolean writing;
  private volatile long writingSince;

  private NextHopTransaction(Socket socket, Duration timeout, LongSupplier nanos, Runnable onClose)
      throws IOException {
    this.socket = socket;
    this.timeout = timeout;
    this.nanos = nanos;
    this.in = new BufferedInputStream(socket.getInputStream(), 1024);
    this.out = new BufferedOutputStream(new Watched(socket.getOutputStream()), 16 * 1024);
    this.onClose = onClose;
  }

  /**
   * Waits for the greeting and says EHLO.
   *
   * @param onClose called once, when the transaction is closed; not if this method throws
   * @throws IOException if the next hop does not greet; the socket is closed then
   */
  static NextHopTransaction greet(
      Socket socket, NextHop.Settings settings, LongSupplier nanos, Runnable onClose)
      throws IOException {
    try {
      var transaction = new NextHopTransaction(socket, settings.timeout(), nanos, onClose);
      transaction.require(220, transaction.read());
      transaction.require(250, transaction.say("EHLO " + settings.ehlo()));
      return transaction;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Whether the next hop has not taken what is written to it for longer than {@code
   * smtpd_proxy_timeout}: a socket's own time-out is for reading alone. For any thread.
   */
  public boolean isStalled(long now) {
    return writing && now - writingSince >= timeout.toNanos();
  }

  /** Makes a thread that waits for the next hop fail. For any thread. */
  public void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // Then there is nothing left to wait for.
      return;
    }
  }

  /** Notes since when a write has been going on. */
  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      writingSince = nanos.getAsLong();
      writing = true;
      try {
        out.write(bytes, from, count);
      } finally {
        writing = false;
      }
    }
  }

  private void require(int code, Reply reply) throws IOException {
    if (reply.code() != code) {
      throw new IOException("next hop said: " + reply);
    }
  }

  /**
   * Says a command and waits for the reply.
   *
   * @throws IOException if the next hop hangs up, is too slow, or does not speak SMTP
   */
  public Reply say(String command) throws IOException {
    out.write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return read();
  }

  /** Where the message goes after a 354 to DATA, dot-stuffed, without the final dot. */
  public OutputStream content() {
    return out;
  }

  /**
   * Ends the message and waits for the next hop's word on it.
   *
   * @throws IOException if there is none: then nobody knows whether the message was taken
   */
  public Reply endContent() throws IOException {
    return say(".");
  }

  /** Says QUIT without waiting for an answer, and closes. */
  public void quit() {
    try (this) {
      out.write("QUIT\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    } catch (IOException e) {
      // The transaction is over either way, and its outcome known.
      return;
    }
  }

  private Reply read() throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < MAX_REPLY_LINES) {
      String line = readLine();
      if (line.length() < 3 || !line.substring(0, 3).matches("[2-5][0-9][0-9]")) {
        throw new IOException("next hop said what is no SMTP reply: \"" + line + "\"");
      }
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) != '-') {
        return new Reply(Integer.parseInt(line.substring(0, 3)), lines);
      }
    }
    throw new IOException("next hop's reply has more than " + MAX_REPLY_LINES + " lines");
  }

  private String readLine() throws IOException {
    var line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0) {
        throw new IOException("next hop hung up");
      }
      if (line.length() == MAX_REPLY_LINE) {
        throw new IOException("next hop's reply line is longer than " + MAX_REPLY_LINE);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try {
        socket.close();
      } finally {
        onClose.run();
      }
    }
  }
}
