package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * A client's socket as lines and replies. Replies to a pipeline go out together: what was said is
 * sent when the server would otherwise wait for the client.
 */
final class ClientConnection {
  private static final int INPUT_BUFFER = 4096;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final LongSupplier nanos;
  private final Patience patience = new Patience();
  private final byte[] buffer = new byte[INPUT_BUFFER];
  private final StringBuilder unsent = new StringBuilder();
  private int at;
  private int end;

  ClientConnection(Socket socket, LongSupplier nanos) throws IOException {
    this.socket = socket;
    this.nanos = nanos;
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  InetAddress client() {
    return socket.getInetAddress();
  }

  int clientPort() {
    return socket.getPort();
  }

  Patience patience() {
    return patience;
  }

  void say(Reply reply) {
    unsent.append(reply.toWire());
  }

  /** Sends what was said. */
  void flush() throws IOException {
    if (!unsent.isEmpty()) {
      byte[] bytes = unsent.toString().getBytes(StandardCharsets.ISO_8859_1);
      unsent.setLength(0);
      patience.writing(nanos.getAsLong());
      out.write(bytes);
      patience.progress(0);
    }
  }

  /** A request begins, from which a deadline counts. */
  void beginRequest() {
    patience.request(nanos.getAsLong());
  }

  /**
   * The next command line, without its line end, cut at the limit; the rest of a longer one is
   * skipped, as in Postfix.
   *
   * @throws ClientGoneException if the client has sent its last whole line
   */
  String readLine(int limit) throws IOException {
    beginRequest();
    var line = new StringBuilder();
    int c;
    while ((c = read()) != '\n') {
      if (c < 0) {
        throw new ClientGoneException();
      }
      if (line.length() < limit) {
        line.append((char) c);
      }
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  /** The next byte, or -1 at the end. */
  int read() throws IOException {
    if (at == end && !fill()) {
      return -1;
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    flush();
    patience.reading(nanos.getAsLong());
    int count = in.read(buffer);
    patience.progress(Math.max(count, 0));
    at = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  /**
   * Makes a thread that waits in {@link #read} see the end of the client's input. For any thread.
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
