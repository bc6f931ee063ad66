package dev.mailservice.smtpd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks TLS with whoever is there. */
final class TestTlsClient implements AutoCloseable {
  private final Socket plain;
  private final SSLContext context;
  private final SSLSocket socket;
  private final BufferedReader in;

  private TestTlsClient(Socket plain, SSLContext context, String... protocols) throws IOException {
    this.plain = plain;
    this.context = context;
    this.socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "mx.test", 25, true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    this.in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** Connects, says EHLO and STARTTLS, and shakes hands. */
  static TestTlsClient startTls(InetSocketAddress server, String... protocols)
      throws IOException, GeneralSecurityException {
    return new TestTlsClient(askForTls(server), context(), protocols);
  }

  /** The same client once more, which goes on with its session if the server lets it. */
  TestTlsClient again(InetSocketAddress server) throws IOException {
    return new TestTlsClient(askForTls(server), context, socket.getEnabledProtocols());
  }

  private static Socket askForTls(InetSocketAddress server) throws IOException {
    var plain = new Socket();
    plain.connect(server);
    plain.setSoTimeout(20_000);
    var in =
        new BufferedReader(
            new InputStreamReader(plain.getInputStream(), StandardCharsets.ISO_8859_1));
    in.readLine();
    plain.getOutputStream().write("EHLO client.test\r\n".getBytes(StandardCharsets.US_ASCII));
    while (in.readLine().startsWith("250-")) {
      continue;
    }
    plain.getOutputStream().write("STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
    in.readLine();
    return plain;
  }

  /** TLS from the first byte. */
  static TestTlsClient wrapper(InetSocketAddress server)
      throws IOException, GeneralSecurityException {
    var plain = new Socket();
    plain.connect(server);
    return new TestTlsClient(plain, context());
  }

  /** TLS of that version over a connection, for who wants no more than a socket. */
  static SSLSocket over(Socket plain, String protocol)
      throws IOException, GeneralSecurityException {
    var socket = (SSLSocket) context().getSocketFactory().createSocket(plain, "mx.test", 25, true);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.startHandshake();
    return socket;
  }

  private static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    return context;
  }

  /** The last line of the next reply; {@code (closed)} where the server has hung up. */
  String reply() throws IOException {
    String line;
    do {
      line = in.readLine();
    } while (line != null && line.length() > 3 && line.charAt(3) == '-');
    return line == null ? "(closed)" : line;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  String say(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  /** Tells that no more will come, and goes on listening. */
  void farewell() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes the connection below TLS, as one does who cuts something off. */
  void cut() throws IOException {
    plain.close();
  }

  /** When its session began, which goes on where a handshake is a short one. */
  long sessionSince() {
    return socket.getSession().getCreationTime();
  }

  /** Who the server says it is. */
  String server() throws IOException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .getName();
  }

  String protocol() {
    return socket.getSession().getProtocol();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private record Anybody() implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {};
    }
  }
}
