package dev.mailservice.smtpd.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one client does, from its coming to its going.
 *
 * @param from its address, one of 127.0.0.0/8, so that logs tell clients apart
 * @param says what it says, a reply is heard after each; it may be several lines, a message say
 * @param end how it goes
 */
record Visit(String from, List<String> says, End end) {
  private static final int PATIENCE_MILLIS = 30_000;

  /** How a client goes. */
  enum End {
    /** Says QUIT. */
    QUITS,
    /** Closes the connection. */
    VANISHES,
    /** Says no more and waits until the server closes. */
    STAYS
  }

  static Visit quits(String from, String... says) {
    return new Visit(from, List.of(says), End.QUITS);
  }

  static Visit vanishes(String from, String... says) {
    return new Visit(from, List.of(says), End.VANISHES);
  }

  static Visit stays(String from, String... says) {
    return new Visit(from, List.of(says), End.STAYS);
  }

  /** Runs it, up to its end. */
  void pay(InetSocketAddress server) throws IOException {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(server);
      socket.setSoTimeout(PATIENCE_MILLIS);
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      boolean open = hear(in);
      for (String text : says) {
        if (open) {
          say(socket, text);
          open = hear(in);
        }
      }
      if (end == End.QUITS && open) {
        say(socket, "QUIT");
      }
      while (end != End.VANISHES && open) {
        open = hear(in);
      }
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket
        .getOutputStream()
        .write((text.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether there was a reply, and not the end. */
  private static boolean hear(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    return line != null && !line.startsWith("421 4.7.0") && !line.startsWith("421 4.4.2");
  }
}
