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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A next hop on loopback: takes every message, or answers as it is told to. An answer may have
 * several lines; {@code hang up} closes the connection instead, and {@code say nothing} leaves the
 * other side waiting.
 */
public final class TestNextHop implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, Queue<String>> onceAnswers = new ConcurrentHashMap<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch finalDotHeld = new CountDownLatch(1);
  private volatile boolean holdsFinalDot;
  private volatile boolean stalls;
  private volatile Script script = this::talk;

  /** One connection, from its beginning to its end. */
  public interface Script {
    /** Talks; the connection is closed afterwards. */
    void talk(BufferedReader in, OutputStream out) throws IOException, InterruptedException;
  }

  /** Listens on a port that the system chose. */
  public TestNextHop() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  /** Where it listens, as {@code smtpd_proxy_filter} says it. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The port that the system chose. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Messages that it has said 250 to, dots unstuffed, lines ended by newlines. */
  public List<String> messages() {
    return messages;
  }

  /** Everything said to it outside of messages. */
  public List<String> commands() {
    return commands;
  }

  /** How often somebody has connected. */
  public int connections() {
    return connections.get();
  }

  /** How many are connected. */
  public int connected() {
    return clients.size();
  }

  /** From now on a command that begins like this gets this answer; the final dot is a command. */
  public TestNextHop answering(String command, String reply) {
    answers.put(command, reply);
    return this;
  }

  /** The next command that begins like this gets this answer. */
  public TestNextHop answeringOnce(String command, String reply) {
    onceAnswers.computeIfAbsent(command, it -> new ConcurrentLinkedQueue<>()).add(reply);
    return this;
  }

  /** From now on it offers this besides what everybody does. */
  public TestNextHop offering(String... keywords) {
    var lines = new StringBuilder("250-next hop\r\n");
    for (String keyword : keywords) {
      lines.append("250-").append(keyword).append("\r\n");
    }
    return answering("EHLO", lines + "250 ENHANCEDSTATUSCODES");
  }

  /** From now on connections go like this and nothing else said here holds. */
  public TestNextHop following(Script conversation) {
    script = conversation;
    return this;
  }

  /** From now on the final dot waits for its answer until {@link #releaseFinalDot}. */
  public TestNextHop holdingFinalDot() {
    holdsFinalDot = true;
    return this;
  }

  /** From now on a message is asked for and then not read. */
  public TestNextHop stallingInContent() {
    stalls = true;
    return this;
  }

  /** Lets whoever waits at a final dot go on. */
  public void releaseFinalDot() {
    finalDotHeld.countDown();
  }

  /** Closes every connection there is. */
  public void hangUpOnAll() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  /** Writes a reply and its line end. */
  public static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connections.incrementAndGet();
        clients.add(client);
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
      script.talk(in, client.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // The server under test has hung up.
      return;
    } finally {
      clients.remove(client);
    }
  }

  private void talk(BufferedReader in, OutputStream out) throws IOException, InterruptedException {
    String line = "CONNECT";
    String answer = answer(line, "220 next hop");
    while (line != null) {
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
      if (!answer.equals("say nothing")) {
        say(out, answer);
      }
      if (line.equalsIgnoreCase("QUIT")) {
        return;
      }
      line = in.readLine();
      if (line != null) {
        commands.add(line);
        answer = answer(line, "250 2.0.0 Ok");
      }
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
    for (var once : onceAnswers.entrySet()) {
      String reply = line.startsWith(once.getKey()) ? once.getValue().poll() : null;
      if (reply != null) {
        return reply;
      }
    }
    return answers.entrySet().stream()
        .filter(it -> line.startsWith(it.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    releaseFinalDot();
  }
}
