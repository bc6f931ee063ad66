package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.tls.TlsServer;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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

  /** The reply to QUIT. */
  private static final int CLOSING = 221;

  private final Socket socket;
  private final LongSupplier nanos;
  private final SessionTime time;
  private final Patience patience = new Patience();
  private final StringBuilder unsent = new StringBuilder();
  private InputStream in;
  private OutputStream out;
  private Optional<TlsServer.Secured> secured = Optional.empty();
  private byte[] buffer = new byte[COMMAND_BUFFER];
  private int at;
  private int end;
  private boolean inContent;
  private boolean clientEnded;

  /** The code of what was said last; 0 if nothing was. */
  private int lastCode;

  private final CountDownLatch inputEnd = new CountDownLatch(1);
  private volatile @Nullable Lingering lingering;

  /** When a byte was last read or written. */
  private long lastTransfer;

  ClientConnection(Socket socket, LongSupplier nanos, SessionTime time) throws IOException {
    this.socket = socket;
    this.nanos = nanos;
    this.time = time;
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
      patience.writingLast(nanos.getAsLong());
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
    patience.unhurried(true);
    long deadline = nanos.getAsLong() + limit.toNanos();
    var timed =
        new FilterInputStream(in) {
          @Override
          public int read() throws IOException {
            prepare();
            return read(super::read);
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            prepare();
            return read(() -> super.read(bytes, from, length));
          }

          private int read(Source source) throws IOException {
            if (!isWaitingToRead()) {
              throw new ClientGoneException();
            }
            int result;
            try {
              result = source.read();
            } finally {
              transferred(0);
            }
            if (patience.isTaken()) {
              throw new ClientGoneException();
            }
            return result;
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
      patience.unhurried(false);
    }
  }

  private interface Source {
    int read() throws IOException;
  }

  /**
   * Says it, to be sent with what is said next. A pipeline whose commands take long is answered
   * piece by piece, or its client would give up.
   */
  void say(Reply reply) throws IOException {
    lastCode = reply.code();
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
      long now = nanos.getAsLong();
      if (!patience.writing(now)) {
        throw new ClientGoneException();
      }
      var unused = time.enter(WaitingFor.CLIENT, now);
      write(bytes);
    }
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    transferred(0);
  }

  /**
   * Says what is said last, at once and before nothing else. For the thread that has the last word.
   */
  void sayLast(Reply reply) throws IOException {
    lastCode = reply.code();
    patience.writingLast(nanos.getAsLong());
    write(reply.toWire().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void transferred(int count) {
    lastTransfer = nanos.getAsLong();
    patience.progress(lastTransfer, count);
    var unused = time.enter(WaitingFor.NONE, lastTransfer);
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
    if (!isWaitingToRead()) {
      return false;
    }
    int count = in.read(buffer);
    if (patience.isTaken()) {
      clientEnded = count < 0;
      throw new ClientGoneException();
    }
    transferred(Math.max(count, 0));
    at = 0;
    end = Math.max(count, 0);
    clientEnded = count < 0;
    return count > 0;
  }

  /** Begins to wait for the client, if that may be. */
  private boolean isWaitingToRead() {
    long now = nanos.getAsLong();
    if (!patience.reading(now)) {
      return false;
    }
    var unused = time.enter(WaitingFor.CLIENT, now);
    return true;
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
   * Lets the session wait for its client no more. For any thread.
   *
   * @return whether the session's thread waits for it at this moment, and the caller has the last
   *     word in its stead
   */
  boolean endInput() {
    inputEnd.countDown();
    return patience.endInput();
  }

  /**
   * The last word is to be said at once. For any thread.
   *
   * @return whether the caller has it; else it may be asked again a moment later
   */
  boolean takeLastWord() {
    inputEnd.countDown();
    return patience.takeLastWord();
  }

  /**
   * Does nothing, as long as the client may be waited for.
   *
   * @throws ClientGoneException if it is to be hung up on
   */
  void requireInput() throws ClientGoneException {
    if (inputEnd.getCount() == 0) {
      throw new ClientGoneException();
    }
  }

  /** Whether another thread than the session's has the last word. For any thread. */
  boolean isTaken() {
    return patience.isTaken();
  }

  /** Whether it was ended without a word. */
  boolean wasAborted() {
    return patience.wasAborted();
  }

  /** Lets so much time pass, but not after the session is to wait no more. */
  void pause(Duration time) throws InterruptedException {
    var unused = inputEnd.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends everything at once, also a write that the client does not take. For any thread. */
  void abort() {
    patience.aborted();
    closeQuietly();
  }

  /** Closes the connection; what goes wrong then matters to nobody. For any thread. */
  void closeQuietly() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be ended.
      return;
    }
  }

  /**
   * Whether the client might not hear what was said last if the connection were closed now. Who
   * closes a connection on which something unread has come, or comes then, resets it, RFC 1122
   * section 4.2.2.13, and what the other side has not read is lost. A client that has said QUIT
   * sends no more.
   */
  boolean isWorthLingering() {
    return !clientEnded && lastCode != 0 && lastCode != CLOSING && !patience.wasAborted();
  }

  /** Tells the client that nothing more comes. What it still sends is to be read from now on. */
  void beginLingering() {
    lingering = new Lingering(nanos.getAsLong());
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // It is gone.
      return;
    }
  }

  /**
   * Reads what the client still sends until it has noticed, or {@link #endLingering} ends it; does
   * nothing where that has not begun. Throws nothing: nobody is left to hear of it.
   */
  void linger() {
    Lingering current = lingering;
    if (current == null) {
      return;
    }
    try {
      // Below TLS: nothing of it is wanted.
      InputStream raw = socket.getInputStream();
      byte[] waste = new byte[CONTENT_BUFFER];
      while (raw.read(waste) >= 0) {
        current.heardAt(nanos.getAsLong());
      }
    } catch (IOException e) {
      // It is gone, or has had its time.
      return;
    } finally {
      lingering = null;
    }
  }

  /** Whether it is read from for the sake of what was said last. For any thread. */
  boolean isLingering() {
    return lingering != null;
  }

  /** Closes the connection if it lingers for too long. For any thread. */
  void endLingering(long now) {
    Lingering current = lingering;
    if (current != null && current.isOver(now)) {
      closeQuietly();
    }
  }
}
