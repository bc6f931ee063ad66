package dev.mailservice.smtpd.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks Dovecot's authentication protocol, version 1.1, and lets nobody in. */
final class RefusingAuthServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  RefusingAuthServer() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  /** As {@code smtpd_sasl_path} wants it. */
  String path() {
    return "inet:127.0.0.1:" + socket.getLocalPort();
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      say(
          out,
          "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\n"
              + "SPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("AUTH\t")) {
          say(out, "FAIL\t%s\tuser=somebody\n".formatted(line.split("\t")[1]));
        }
      }
    } catch (IOException e) {
      // The server under test has hung up.
      return;
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
