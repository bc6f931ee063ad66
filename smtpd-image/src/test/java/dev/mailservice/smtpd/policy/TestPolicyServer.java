package dev.mailservice.smtpd.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A policy server that answers what a test wants, or fails to as a test wants: SMTPD_POLICY_README,
 * "Protocol description". A request is lines {@code name=value} and an empty line, and so is the
 * answer; the connection stays.
 *
 * <pre>{@code
 * try (var policy = TestPolicyServer.start(it -> Answer.action("DUNNO"));
 *     TestServer server =
 *         TestServer.start(
 *             nextHop, "smtpd_client_restrictions=check_policy_service " + policy.address())) {
 * }</pre>
 */
public final class TestPolicyServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<SocketChannel> connected = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Function<Request, Answer> answers;

  /**
   * What it was asked.
   *
   * @param connection over which of its connections, from 1
   * @param attributes in the order in which they came
   */
  public record Request(int connection, Map<String, String> attributes) {
    /** The attribute of that name; empty if there is none. */
    public String get(String name) {
      return attributes.getOrDefault(name, "");
    }
  }

  /** What it does about a request. */
  public sealed interface Answer {
    /** Takes that decision, as access(5) writes it. */
    static Answer action(String action) {
      return new Say("action=" + action + "\n\n", false, false);
    }

    /** The same, and then it closes the connection, as a server that serves one request does. */
    static Answer lastAction(String action) {
      return new Say("action=" + action + "\n\n", false, true);
    }

    /** The same, once the test calls {@link #release}. */
    static Answer lateAction(String action) {
      return new Say("action=" + action + "\n\n", true, false);
    }

    /** Writes that, whatever it means, and waits for the next request. */
    static Answer raw(String text) {
      return new Say(text, false, false);
    }

    /** Writes that, whatever it means, and closes the connection: half an answer, for example. */
    static Answer lastRaw(String text) {
      return new Say(text, false, true);
    }

    /** Says nothing and keeps the connection open. */
    static Answer silence() {
      return new Say("", false, false);
    }

    /** Closes the connection without a word. */
    static Answer drop() {
      return new Say("", false, true);
    }
  }

  /**
   * @param held whether to wait for the test
   * @param last whether to close then
   */
  private record Say(String text, boolean held, boolean last) implements Answer {}

  private TestPolicyServer(ServerSocketChannel listener, Function<Request, Answer> answers) {
    this.listener = listener;
    this.answers = answers;
    Thread.startVirtualThread(this::accept);
  }

  /** Starts on a port of loopback that the system chose. */
  public static TestPolicyServer start(Function<Request, Answer> answers) throws IOException {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), answers);
  }

  /** Starts on that address, which may be a UNIX-domain socket's. */
  public static TestPolicyServer start(SocketAddress address, Function<Request, Answer> answers)
      throws IOException {
    var listener =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    listener.bind(address);
    return new TestPolicyServer(listener, answers);
  }

  /** From now on it answers so. */
  public void answer(Function<Request, Answer> otherwise) {
    answers = otherwise;
  }

  /** Where it listens, as {@code check_policy_service} says it. */
  public String address() {
    try {
      return switch (listener.getLocalAddress()) {
        case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
        case InetSocketAddress inet -> "inet:127.0.0.1:" + inet.getPort();
        case SocketAddress other -> throw new IllegalStateException(other.toString());
      };
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that it was asked, in the order in which whole requests came. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How often somebody has connected. */
  public int connections() {
    return connections.get();
  }

  /** How many are connected. */
  public int connected() {
    return connected.size();
  }

  /** Lets whoever waits for a late answer have it. */
  public void release() {
    released.countDown();
  }

  /** Closes every connection that there is; it still listens. */
  public void dropConnections() throws IOException {
    for (SocketChannel connection : connected) {
      connection.close();
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        int number = connections.incrementAndGet();
        connected.add(connection);
        Thread.startVirtualThread(() -> serve(connection, number));
      } catch (IOException e) {
        // The test is over.
        return;
      }
    }
  }

  private void serve(SocketChannel connection, int number) {
    try (connection) {
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
      OutputStream out = Channels.newOutputStream(connection);
      var attributes = new LinkedHashMap<String, String>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          int equals = line.indexOf('=');
          attributes.put(line.substring(0, equals), line.substring(equals + 1));
          continue;
        }
        var request = new Request(number, new LinkedHashMap<>(attributes));
        attributes.clear();
        requests.add(request);
        Say say = (Say) answers.apply(request);
        if (say.held()) {
          released.await();
        }
        out.write(say.text().getBytes(StandardCharsets.UTF_8));
        if (say.last()) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone, or the test is over.
      return;
    } finally {
      connected.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    release();
    dropConnections();
  }
}
