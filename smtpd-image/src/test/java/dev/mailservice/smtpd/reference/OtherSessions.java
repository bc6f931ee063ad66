package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What else a dialogue's client has to do with the server: sessions before it and beside it. */
final class OtherSessions implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Dialogue dialogue;
  private final InetSocketAddress server;
  private final List<Socket> open = new ArrayList<>();

  private OtherSessions(Dialogue dialogue, InetSocketAddress server) {
    this.dialogue = dialogue;
    this.server = server;
  }

  /** Holds those that come before, and opens those that stay. */
  static OtherSessions open(Dialogue dialogue, InetSocketAddress server) throws IOException {
    var others = new OtherSessions(dialogue, server);
    try {
      others.open();
    } catch (IOException e) {
      others.close();
      throw e;
    }
    return others;
  }

  private void open() throws IOException {
    for (int i = 0; i < dialogue.again(); i++) {
      try (Socket socket = greeted()) {
        quit(socket);
      }
    }
    for (int i = 0; i < dialogue.beside(); i++) {
      open.add(greeted());
    }
  }

  private static void quit(Socket socket) {
    try {
      socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The server was faster and has closed; the session is over all the same.
      return;
    }
  }

  private Socket greeted() throws IOException {
    var socket = new Socket();
    socket.bind(new InetSocketAddress(dialogue.client().address(), 0));
    socket.connect(server);
    socket.setSoTimeout(PATIENCE_MILLIS);
    for (byte[] piece : dialogue.headers()) {
      socket.getOutputStream().write(piece);
    }
    while (socket.getInputStream().read() != '\n') {
      // The greeting has one line.
    }
    return socket;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }
}
