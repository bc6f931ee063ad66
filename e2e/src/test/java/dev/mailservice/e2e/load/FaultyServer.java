package dev.mailservice.e2e.load;

import dev.mailservice.e2e.smtp.LineReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that says yes to everything, and does with each message what a test wants. */
final class FaultyServer implements AutoCloseable {
  private static final Pattern MESSAGE_ID = Pattern.compile("Message-ID: <((\\d+)\\..*)>");

  private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  private final ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor();
  private final Fault fault;

  /** What is done with a message before its final dot is answered. */
  @FunctionalInterface
  interface Fault {
    /**
     * Takes a message.
     *
     * @param id its Message-ID
     * @param number its number in the load, from 0 on
     * @return the reply; empty for hanging up
     */
    String take(String id, long number) throws InterruptedException;
  }

  FaultyServer(Fault fault) throws IOException {
    this.fault = fault;
    sessions.execute(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sessions.submit(
            () -> {
              converse(client);
              return null;
            });
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket client) throws IOException, InterruptedException {
    try (client) {
      var in = new LineReader(client.getInputStream(), 4096, 4096);
      OutputStream out = client.getOutputStream();
      say(out, "220 faulty.example.test ESMTP");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line) {
          case "DATA" -> {
            say(out, "354 go on");
            String reply = message(in);
            if (reply.isEmpty()) {
              return;
            }
            say(out, reply);
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default ->
              say(
                  out,
                  line.startsWith("EHLO") ? "250-faulty.example.test\r\n250 PIPELINING" : "250 ok");
        }
      }
    }
  }

  private String message(LineReader in) throws IOException, InterruptedException {
    String id = "";
    long number = -1;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Matcher header = MESSAGE_ID.matcher(line);
      if (header.matches()) {
        id = header.group(1);
        number = Long.parseLong(header.group(2));
      } else if (line.equals(".")) {
        return fault.take(id, number);
      }
    }
    throw new IOException("no final dot");
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sessions.shutdownNow();
  }
}
