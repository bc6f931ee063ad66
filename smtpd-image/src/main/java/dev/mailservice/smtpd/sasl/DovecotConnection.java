package dev.mailservice.smtpd.sasl;

import dev.mailservice.smtpd.table.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One connection with Dovecot's authentication service, for one login. It is cut when its time is
 * up, whoever waits. Used by one thread.
 */
final class DovecotConnection implements AutoCloseable {
  private static final int MAJOR_VERSION = 1;
  private static final int MAX_LINE = 65_536;

  private final SocketChannel channel;
  private final BufferedReader in;
  private final Thread watchdog;
  private volatile boolean expired;

  private DovecotConnection(SocketChannel channel, Duration limit) {
    this.channel = channel;
    this.in = new BufferedReader(Channels.newReader(channel, StandardCharsets.ISO_8859_1));
    this.watchdog = Thread.startVirtualThread(() -> cutAfter(limit));
  }

  /**
   * Connects to the first address that answers.
   *
   * @param limit how long the connection may last
   */
  static DovecotConnection open(Endpoint server, Duration limit) throws IOException {
    IOException last = new IOException("no address");
    for (SocketAddress address : server.addresses()) {
      SocketChannel channel =
          address instanceof UnixDomainSocketAddress
              ? SocketChannel.open(StandardProtocolFamily.UNIX)
              : SocketChannel.open();
      var connection = new DovecotConnection(channel, limit);
      try {
        channel.connect(address);
        return connection;
      } catch (IOException e) {
        connection.close();
        last = e;
      }
    }
    throw last;
  }

  private void cutAfter(Duration limit) {
    try {
      Thread.sleep(limit);
      expired = true;
      channel.close();
    } catch (InterruptedException | IOException e) {
      // It was closed in time.
      return;
    }
  }

  /**
   * Says who is there and hears what there is.
   *
   * @return the mechanisms, without those that are private
   * @throws IOException if the other side is no authentication service of this version
   */
  List<Mechanism> handshake() throws IOException {
    say("VERSION\t%d\t1\nCPID\t%d".formatted(MAJOR_VERSION, ProcessHandle.current().pid()));
    var mechanisms = new ArrayList<Mechanism>();
    while (true) {
      List<String> words = hear();
      switch (words.getFirst()) {
        case "VERSION" -> {
          if (words.size() < 2 || !words.get(1).equals(String.valueOf(MAJOR_VERSION))) {
            throw new IOException("Protocol version mismatch");
          }
        }
        case "MECH" -> {
          if (words.size() > 1) {
            mechanisms.add(mechanism(words));
          }
        }
        case "SPID" -> {
          if (mechanisms.isEmpty()) {
            throw new IOException(
                "Connected to wrong auth socket (auth-master instead of auth-client)");
          }
        }
        case "DONE" -> {
          mechanisms.removeIf(it -> it.properties().contains("private"));
          return List.copyOf(mechanisms);
        }
        default -> {
          // The protocol grows by words that may be ignored.
        }
      }
    }
  }

  private static Mechanism mechanism(List<String> words) {
    Set<String> properties =
        words.stream().skip(2).map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return new Mechanism(words.get(1), properties);
  }

  /** Sends a line. */
  void say(String line) throws IOException {
    var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The words of the next line. */
  List<String> hear() throws IOException {
    var line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new IOException(expired ? "time limit exceeded" : "Connection lost");
      }
      line.append((char) c);
    }
    return Arrays.asList(line.toString().split("\t", -1));
  }

  @Override
  public void close() {
    watchdog.interrupt();
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be closed.
      return;
    }
  }
}
