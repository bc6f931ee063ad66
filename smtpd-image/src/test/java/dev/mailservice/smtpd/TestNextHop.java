package dev.mailservice.smtpd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A next hop on loopback: takes every message, or answers as it is told to. */
final class TestNextHop implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final CountDownLatch finalDotHeld = new CountDownLatch(1);
  private volatile boolean holdsFinalDot;
  private volatile boolean stalls;

  TestNextHop() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Messages that it has said 250 to, dots unstuffed, lines ended by newlines. */
  List<String> messages() {
    return messages;
  }

  List<String> commands() {
    return commands;
  }

  /** From now on a command that begins like this gets this answer; the final dot is a command. */
  TestNextHop answering(String command, String reply) {
    answers.put(command, reply);
    return this;
  }

  /** From now on the final dot waits for its answer until {@link #releaseFinalDot}. */
  TestNextHop holdingFinalDot() {
    holdsFinalDot = true;
    return this;
  }

  /** From now on a message is asked for and then not read. */
  TestNextHop stallingInContent() {
    stalls = true;
    return this;
  }

  void releaseFinalDot() {
    finalDotHeld.countDown();
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

  private void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      say(out, answers.getOrDefault("CONNECT", "220 next hop"));
      String line;
      while ((line = in.readLine()) != null) {
        commands.add(line);
        String answer = answer(line, "250 2.0.0 Ok");
        if (line.equalsIgnoreCase("DATA") && answer.startsWith("250")) {
          say(out, "354 go on");
          if (stalls) {
            finalDotHeld.await();
          }
          answer = message(in);
        }
        if (answer.equals("hang up")) {
          return;
        }
        say(out, answer);
      }
    } catch (IOException | InterruptedException e) {
      // The server under test has hung up.
      return;
    }
  }

  private String message(BufferedReader in) throws IOException, InterruptedException {
    var message = new StringBuilder();
    String line;
    while ((line = in.readLine()) != null) {
      if (line.equals(".")) {
        if (holdsFinalDot) {
          finalDotHeld.await();
        }
        String answer = answer(".", "250 2.0.0 Ok: queued");
        if (answer.startsWith("250")) {
          messages.add(message.toString());
        }
        return answer;
      }
      message.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
    }
    throw new IOException("no final dot");
  }

  private String answer(String line, String otherwise) {
    return answers.entrySet().stream()
        .filter(it -> line.startsWith(it.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    releaseFinalDot();
  }
}
