package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.Transcript;
import dev.mailservice.e2e.smtp.LineReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Plays the server's part of a transcript to one client, and notes what the client says. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final FutureTask<List<String>> heard;

  private ScriptedServer(ServerSocket listener, Transcript transcript) {
    this.listener = listener;
    this.heard = new FutureTask<>(() -> converse(transcript));
  }

  static ScriptedServer play(Transcript transcript) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    ScriptedServer server = new ScriptedServer(listener, transcript);
    Thread.startVirtualThread(server.heard);
    return server;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  List<String> heard() throws InterruptedException, ExecutionException {
    return heard.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private List<String> converse(Transcript transcript) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Socket client = listener.accept()) {
      LineReader in = new LineReader(client.getInputStream(), 512, 4096);
      for (String line : transcript.dialogue()) {
        if (line.startsWith("S:")) {
          String reply = Transcript.text(line) + "\r\n";
          client.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
        } else {
          lines.add(in.readLine());
        }
      }
    }
    return lines;
  }
}
