package dev.mailservice.smtpd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that says what it is told to and hears whole replies. */
final class TestClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader in;

  TestClient(InetSocketAddress server) throws IOException {
    this(new Socket(server.getAddress(), server.getPort()));
  }

  TestClient(Socket connected) throws IOException {
    this.socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** The lines of the next reply; a line {@code (closed)} where the server has hung up. */
  List<String> reply() throws IOException {
    var lines = new ArrayList<String>();
    do {
      String line = in.readLine();
      lines.add(line == null ? "(closed)" : line);
    } while (lines.getLast().length() > 3 && lines.getLast().charAt(3) == '-');
    return lines;
  }

  /** The last line of the next reply. */
  String lastLine() throws IOException {
    return reply().getLast();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says one line and hears the last line of the reply. */
  String say(String line) throws IOException {
    send(line + "\r\n");
    return lastLine();
  }

  /** Greets and opens a transaction up to and including DATA. */
  TestClient openMessage() throws IOException {
    reply();
    say("EHLO client.test");
    say("MAIL FROM:<sender@client.test>");
    say("RCPT TO:<user@example.test>");
    say("DATA");
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
