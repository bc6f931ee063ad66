package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.protocol.Characters;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the next hop as commands and replies. A reply is waited for {@code
 * smtpd_proxy_timeout} in all, however slowly its bytes come. What it throws is worded for the log,
 * as Postfix's smtpd_proxy.c words it.
 */
final class ProxyConnection implements Closeable {
  private static final int MAX_REPLY_LINES = 1000;
  private static final int OUTPUT_BUFFER = 16 * 1024;

  private final String name;
  private final Wire wire;
  private final Duration timeout;
  private final int lineLimit;
  private final LongSupplier nanos;
  private final OutputStream out;
  private final byte[] buffer = new byte[1024];
  private int at;
  private int end;
  private boolean expectsSilence;
  private volatile boolean cut;
  private volatile boolean writing;
  private volatile long writingSince;
  private boolean watched;
  private volatile boolean reading;
  private volatile long readingUntil;

  /** The next hop spoke while a message was being sent: nobody had asked. */
  static final class SpokeTooSoonException extends IOException {
    private static final long serialVersionUID = 1L;

    SpokeTooSoonException(String message) {
      super(message);
    }
  }

  private ProxyConnection(
      String name, Wire wire, Duration timeout, int lineLimit, LongSupplier nanos)
      throws IOException {
    this.name = name;
    this.wire = wire;
    this.timeout = timeout;
    this.lineLimit = lineLimit;
    this.nanos = nanos;
    this.out = new BufferedOutputStream(new Watched(wire.out()), OUTPUT_BUFFER);
  }

  /**
   * Tries the host's addresses one after the other, all of them within the time-out.
   *
   * @param timeout for connecting, and later for each reply
   * @param lineLimit how much of a reply is kept, characters
   * @throws IOException if none of them answers
   */
  static ProxyConnection connect(
      NextHopAddress address, Duration timeout, int lineLimit, LongSupplier nanos)
      throws IOException {
    try {
      Wire wire = wire(address, timeout, nanos);
      return new ProxyConnection(address.toString(), wire, timeout, lineLimit, nanos);
    } catch (IOException e) {
      throw new IOException("connect to proxy filter %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  private static Wire wire(NextHopAddress address, Duration timeout, LongSupplier nanos)
      throws IOException {
    long deadline = nanos.getAsLong() + timeout.toNanos();
    List<SocketAddress> candidates = address.endpoint().addresses(timeout);
    IOException last = new IOException("no address");
    for (int i = 0; i < candidates.size(); i++) {
      // What is left is shared, so that one address that is silent leaves time for the others.
      long share = (deadline - nanos.getAsLong()) / (candidates.size() - i);
      if (share <= 0) {
        throw new SocketTimeoutException("Connect timed out");
      }
      try (var unused = SessionTime.waitFor(WaitingFor.NEXT_HOP)) {
        return Wire.connect(candidates.get(i), Duration.ofNanos(share));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Notes since when a write has been going on. */
  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (expectsSilence && hasInput()) {
        throw new SpokeTooSoonException("proxy %s replied before the end of data".formatted(name));
      }
      writingSince = nanos.getAsLong();
      writing = true;
      try (var unused = SessionTime.waitFor(WaitingFor.NEXT_HOP)) {
        out.write(bytes, from, count);
      } catch (IOException e) {
        throw lost(e);
      } finally {
        writing = false;
      }
    }
  }

  /**
   * Says a command and waits for the reply.
   *
   * @param command without line end; every char is a byte
   * @throws IOException if there is none: the connection is of no further use
   */
  Reply say(String command) throws IOException {
    send(command);
    return read();
  }

  /** Says a command whose reply is read later, or never. */
  void send(String command) throws IOException {
    send(List.of(command));
  }

  /** Says several together, RFC 2920, whose replies are read later. */
  void send(List<String> commands) throws IOException {
    for (String command : commands) {
      out.write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    out.flush();
  }

  /**
   * From now on somebody looks several times a second whether it {@link #isStalled}. A read that
   * has a time limit of its own makes two more threads work.
   */
  void watched() {
    watched = true;
  }

  /** Nobody looks any more. */
  void unwatched() {
    watched = false;
  }

  /** Where bytes go that are no command. */
  OutputStream out() {
    return out;
  }

  /**
   * From now on, whether something that the next hop says makes a write fail with {@link
   * SpokeTooSoonException}.
   */
  void expectSilence(boolean silence) {
    expectsSilence = silence;
  }

  /** Whether something was received that was not read. */
  boolean hasReceived() {
    return at < end;
  }

  /** Whether the next hop has said what was not read. */
  boolean hasInput() throws IOException {
    try {
      return at < end || wire.hasInput();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Waits for a reply. */
  Reply read() throws IOException {
    long deadline = nanos.getAsLong() + timeout.toNanos();
    List<String> lines = new ArrayList<>();
    int code = 0;
    int length = 0;
    for (int count = 0; count < MAX_REPLY_LINES; count++) {
      String line = readLine(deadline);
      if (!isReplyLine(line) || (count > 0 && code(line) != code)) {
        throw new IOException(
            "received garbage from proxy %s: %.100s".formatted(name, Characters.printable(line)));
      }
      code = code(line);
      if (length < lineLimit) {
        lines.add(Characters.printable(line.substring(Math.min(4, line.length()))));
        length += line.length();
      }
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new Reply(code, lines);
      }
    }
    throw new IOException(
        "received garbage from proxy %s: a reply of more than %d lines"
            .formatted(name, MAX_REPLY_LINES));
  }

  private static int code(String line) {
    return Integer.parseInt(line.substring(0, 3));
  }

  private static boolean isReplyLine(String line) {
    return line.length() >= 3
        && line.charAt(0) >= '2'
        && line.charAt(0) <= '5'
        && isDigit(line.charAt(1))
        && isDigit(line.charAt(2))
        && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Without its end; cut at the limit. */
  private String readLine(long deadline) throws IOException {
    var line = new StringBuilder();
    while (true) {
      if (at == end) {
        fill(deadline);
      }
      char c = (char) (buffer[at++] & 0xff);
      if (c == '\n') {
        break;
      }
      if (line.length() < lineLimit) {
        line.append(c);
      }
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private void fill(long deadline) throws IOException {
    long left = deadline - nanos.getAsLong();
    if (left <= 0) {
      throw timedOut(null);
    }
    int count;
    readingUntil = deadline;
    reading = watched;
    try (var unused = SessionTime.waitFor(WaitingFor.NEXT_HOP)) {
      count = watched ? wire.read(buffer) : wire.read(buffer, Duration.ofNanos(left));
    } catch (SocketTimeoutException e) {
      throw timedOut(e);
    } catch (IOException e) {
      throw lost(e);
    } finally {
      reading = false;
    }
    if (count <= 0) {
      throw lost(null);
    }
    at = 0;
    end = count;
  }

  private IOException timedOut(@Nullable IOException cause) {
    return new IOException("timeout talking to proxy " + name, cause);
  }

  private IOException lost(@Nullable IOException cause) {
    return cut ? timedOut(cause) : new IOException("lost connection with proxy " + name, cause);
  }

  /**
   * Whether the next hop has not taken what is written to it for longer than the time-out, or not
   * said in that time what is waited for. For any thread.
   */
  boolean isStalled(long now) {
    return (writing && now - writingSince >= timeout.toNanos())
        || (reading && now - readingUntil >= 0);
  }

  /** Makes a thread that waits for the next hop fail. For any thread. */
  void cut() {
    cut = true;
    closeQuietly();
  }

  /** Ends the connection; what goes wrong then matters to nobody. */
  void closeQuietly() {
    try {
      wire.close();
    } catch (IOException e) {
      // A socket that cannot be closed is gone already.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
