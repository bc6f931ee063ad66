package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.tls.TlsServer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A client's socket as lines and replies. Replies to a pipeline go out together: what was said is
 * sent when the server would otherwise wait for the client, or when the client has heard nothing
 * for a while.
 */
final class ClientConnection {
  /** For how long replies are held back, as in Postfix's {@code smtpd_chat_reply}. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  /**
   * Bytes of input held for a client that may have nothing to say for long: most commands fit, and
   * ten thousand idle clients take little.
   */
  private static final int COMMAND_BUFFER = 256;

  /** Bytes of input held for a client that sends a message or a long pipeline. */
  private static final int CONTENT_BUFFER = 4096;

  /** Bytes of input held while a message comes faster than it is read. */
  private static final int FAST_CONTENT_BUFFER = 32 * 1024;

  private static final int SHOWN_BEHIND = 100;

  private final Socket socket;
  private final LongSupplier nanos;
  private final Patience patience = new Patience();
  private final StringBuilder unsent = new StringBuilder();
  private InputStream in;
  private OutputStream out;
  private Optional<TlsServer.Secured> secured = Optional.empty();
  private byte[] buffer = new byte[COMMAND_BUFFER];
  private int at;
  private int end;
  private boolean inContent;

  /** When a byte was last read or written. */
  private long lastTransfer;

  ClientConnection(Socket socket, LongSupplier nanos) throws IOException {
    this.socket = socket;
    this.nanos = nanos;
    this.lastTransfer = nanos.getAsLong();
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  Socket socket() {
    return socket;
  }

  Patience patience() {
    return patience;
  }

  /**
   * From now on bytes go through TLS. What the client has sent in plain text is forgotten, lest it
   * be taken for what it says within.
   */
  void continueWith(TlsServer.Secured within) throws IOException {
    in = within.in();
    out = within.out();
    secured = Optional.of(within);
    at = 0;
    end = 0;
  }

  /**
   * Nothing more will be said. Within TLS the client is told so; one that takes not even that is
   * given up when its time is up.
   */
  void end() {
    if (secured.isPresent()) {
      patience.writing(nanos.getAsLong());
      try {
        secured.get().end();
      } catch (IOException e) {
        // It is gone, and needs not be told.
        return;
      } finally {
        patience.progress(nanos.getAsLong(), 0);
      }
    }
  }

  /** Reads from the client's bytes. */
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * Reads what must come before anything else, in time as a whole.
   *
   * @throws SocketTimeoutException if it does not
   */
  <T> T readWithin(Duration limit, Reader<T> reader) throws IOException {
    long deadline = nanos.getAsLong() + limit.toNanos();
    var timed =
        new FilterInputStream(in) {
          @Override
          public int read() throws IOException {
            prepare();
            return super.read();
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            prepare();
            return super.read(bytes, from, length);
          }

          private void prepare() throws IOException {
            long left = Duration.ofNanos(deadline - nanos.getAsLong()).toMillis();
            if (left <= 0) {
              throw new SocketTimeoutException("timeout error");
            }
            socket.setSoTimeout(Math.toIntExact(left));
          }
        };
    try {
      return reader.read(timed);
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /**
   * Says it, to be sent with what is said next. A pipeline whose commands take long is answered
   * piece by piece, or its client would give up.
   */
  void say(Reply reply) throws IOException {
    unsent.append(reply.toWire());
    if (nanos.getAsLong() - lastTransfer > LONGEST_SILENCE.toNanos()) {
      flush();
    }
  }

  /** Sends what was said. */
  void flush() throws IOException {
    if (!unsent.isEmpty()) {
      byte[] bytes = unsent.toString().getBytes(StandardCharsets.ISO_8859_1);
      unsent.setLength(0);
      patience.writing(nanos.getAsLong());
      out.write(bytes);
      out.flush();
      transferred(0);
    }
  }

  private void transferred(int count) {
    lastTransfer = nanos.getAsLong();
    patience.progress(lastTransfer, count);
  }

  /** A request begins, from which a deadline counts; it may earn time with its bytes. */
  void beginRequest(boolean earnsTime) {
    inContent = earnsTime;
    patience.request(earnsTime);
  }

  /**
   * The next command line.
   *
   * @param limit {@code line_length_limit}, bytes: the rest of a longer line is skipped
   * @throws ClientGoneException if the client has sent its last whole line
   */
  CommandLine readCommand(int limit) throws IOException {
    beginRequest(false);
    var line = new StringBuilder();
    boolean afterReturn = false;
    boolean ended = false;
    while (!ended) {
      if (!awaitInput()) {
        throw new ClientGoneException();
      }
      int feed = at;
      while (feed < end && buffer[feed] != '\n') {
        feed++;
      }
      ended = feed < end;
      afterReturn = feed > at ? buffer[feed - 1] == '\r' : afterReturn;
      int kept = Math.min(feed - at, limit - line.length());
      line.append(new String(buffer, at, kept, StandardCharsets.ISO_8859_1));
      at = ended ? feed + 1 : feed;
    }
    int length = line.length();
    while (length > 0 && line.charAt(length - 1) == '\r') {
      length--;
    }
    String whole = line.substring(0, length);
    int nul = whole.indexOf('\0');
    String text = nul >= 0 ? whole.substring(0, nul) : whole;
    return new CommandLine(text, whole, !afterReturn, this::behind);
  }

  /** What the client has sent that was not read yet, at most 100 bytes, without waiting for it. */
  String behind() {
    try {
      if (at == end && in.available() > 0) {
        at = 0;
        end = Math.max(in.read(buffer), 0);
      }
    } catch (IOException e) {
      // The next read will tell.
      return "";
    }
    return new String(buffer, at, Math.min(end - at, SHOWN_BEHIND), StandardCharsets.ISO_8859_1);
  }

  /** How many bytes were read from the network and not yet used. */
  int buffered() {
    return end - at;
  }

  /**
   * Waits for the client to send something, unless there is {@link #input} still.
   *
   * @return whether there is some now; if not, the client sends no more
   */
  boolean awaitInput() throws IOException {
    return at < end || fill();
  }

  /** What was read and not yet used stands here, from {@link #inputAt}, {@link #buffered} bytes. */
  byte[] input() {
    return buffer;
  }

  /** Where in {@link #input} what was not yet used starts. */
  int inputAt() {
    return at;
  }

  /** So many bytes of {@link #input} are used now. */
  void use(int count) {
    at += count;
  }

  private boolean fill() throws IOException {
    flush();
    fitBuffer();
    patience.reading(nanos.getAsLong());
    int count = in.read(buffer);
    transferred(Math.max(count, 0));
    at = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  /**
   * Before a wait, with all input used: no more is held than what is waited for is likely to be.
   */
  private void fitBuffer() {
    int wanted = wantedBuffer(end == buffer.length);
    if (buffer.length != wanted) {
      buffer = new byte[wanted];
    }
  }

  private int wantedBuffer(boolean wasFilled) {
    if (!inContent) {
      return wasFilled ? CONTENT_BUFFER : COMMAND_BUFFER;
    }
    return wasFilled && buffer.length >= CONTENT_BUFFER
        ? FAST_CONTENT_BUFFER
        : Math.max(buffer.length, CONTENT_BUFFER);
  }

  /**
   * Makes a thread that waits in {@link #awaitInput} see the end of the client's input. For any
   * thread.
   */
  void endInput() {
    try {
      socket.shutdownInput();
    } catch (IOException e) {
      // The socket is closed already, which ends the input, too.
      return;
    }
  }

  /** Ends everything at once, also a write that the client does not take. For any thread. */
  void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be ended.
      return;
    }
  }
}
