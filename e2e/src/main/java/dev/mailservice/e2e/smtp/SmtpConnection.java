package dev.mailservice.e2e.smtp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client's connection to an SMTP server. Everything it waits for ends with its deadline, and with
 * an interrupt when it runs in a virtual thread.
 */
public final class SmtpConnection implements Closeable {
  private static final int BUFFER = 512;
  private static final int MAX_REPLY_LINE = 4096;

  private final Deadline deadline;
  private Socket socket;
  private LineReader in;
  private OutputStream out;

  private SmtpConnection(Socket socket, Deadline deadline) throws IOException {
    this.deadline = deadline;
    this.socket = socket;
    this.in = new LineReader(new DeadlineInput(socket, deadline), BUFFER, MAX_REPLY_LINE);
    this.out = socket.getOutputStream();
  }

  /**
   * Connects; the server's greeting is the first reply to read.
   *
   * @param source address to come from, empty for the system's choice
   * @throws java.net.SocketTimeoutException when the deadline passes first
   */
  public static SmtpConnection open(
      InetSocketAddress server, Optional<InetAddress> source, Deadline deadline)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      if (source.isPresent()) {
        socket.bind(new InetSocketAddress(source.get(), 0));
      }
      socket.connect(server, deadline.socketTimeout());
      return new SmtpConnection(socket, deadline);
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  /**
   * Waits for a reply of one or several lines.
   *
   * @throws EOFException when the server closes instead
   * @throws ProtocolException when it sends something that is no reply
   * @throws java.net.SocketTimeoutException when the deadline passes first
   */
  public Reply readReply() throws IOException {
    List<String> texts = new ArrayList<>(1);
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException("closed by the server");
      }
      int code = code(line);
      texts.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new Reply(code, texts);
      }
    }
  }

  /** Sends a line and waits for its reply. */
  public Reply command(String line) throws IOException {
    send(line + "\r\n");
    return readReply();
  }

  /** Sends octets as they are. */
  public void send(String octets) throws IOException {
    send(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends octets as they are, at once. */
  public void send(byte[] octets) throws IOException {
    out.write(octets);
  }

  /**
   * Goes on in TLS after the server has said 220 to STARTTLS (RFC 3207), in which it is not asked
   * for anything again.
   *
   * @param peer the name under which a session may be resumed; a name that was never used before
   *     wants a full handshake
   * @throws ProtocolException when the server has said more than 220 already
   */
  public void startTls(SSLSocketFactory tls, String peer) throws IOException {
    if (in.hasBufferedInput()) {
      throw new ProtocolException("text in plain after the reply to STARTTLS");
    }
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, peer, socket.getPort(), true);
    secured.startHandshake();
    socket = secured;
    in = new LineReader(new DeadlineInput(secured, deadline), BUFFER, MAX_REPLY_LINE);
    out = secured.getOutputStream();
  }

  /** Reads whatever comes until the server closes. */
  public void readToEnd() throws IOException {
    while (in.readLine() != null) {
      // A server that lets a session go may say so first.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static int code(String line) throws ProtocolException {
    boolean reply =
        line.length() >= 3
            && isDigit(line.charAt(0))
            && isDigit(line.charAt(1))
            && isDigit(line.charAt(2))
            && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
    if (!reply) {
      throw new ProtocolException("not an SMTP reply: " + line);
    }
    return Integer.parseInt(line, 0, 3, 10);
  }

  private static boolean isDigit(char octet) {
    return octet >= '0' && octet <= '9';
  }

  /** Gives each read what is left of the deadline. */
  private static final class DeadlineInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;

    DeadlineInput(Socket socket, Deadline deadline) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      socket.setSoTimeout(deadline.socketTimeout());
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      socket.setSoTimeout(deadline.socketTimeout());
      return in.read(target, offset, length);
    }
  }
}
