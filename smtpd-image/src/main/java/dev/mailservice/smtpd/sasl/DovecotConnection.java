package dev.mailservice.smtpd.sasl;

import dev.mailservice.smtpd.table.Endpoint;
import dev.mailservice.smtpd.table.TimedChannel;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One connection with Dovecot's authentication service. Every question has its time: a service that
 * does not answer by then is cut off. Used by one thread.
 */
final class DovecotConnection implements AutoCloseable {
  private static final int MAJOR_VERSION = 1;

  /** Longer than any line of the service; Dovecot's own limit is 8192 bytes. */
  private static final int MAX_LINE = 65_536;

  /** More than any service says before it is done with its greeting. */
  private static final int MAX_GREETING_LINES = 1000;

  private final SocketChannel channel;
  private final Duration limit;
  private final ByteBuffer buffer = ByteBuffer.allocate(4096).flip();

  private DovecotConnection(SocketChannel channel, Duration limit) {
    this.channel = channel;
    this.limit = limit;
  }

  /**
   * Connects to the first address that answers.
   *
   * @param limit how long each question may take, connecting as well
   */
  static DovecotConnection open(Endpoint server, Duration limit) throws IOException {
    IOException last = new ConnectException("no address");
    for (SocketAddress address : server.addresses(limit)) {
      SocketChannel channel =
          address instanceof UnixDomainSocketAddress
              ? SocketChannel.open(StandardProtocolFamily.UNIX)
              : SocketChannel.open();
      var connection = new DovecotConnection(channel, limit);
      try {
        connection.inTime(() -> channel.connect(address));
        return connection;
      } catch (IOException e) {
        connection.close();
        last = e;
      }
    }
    throw last;
  }

  private <T> T inTime(TimedChannel.Io<T> io) throws IOException {
    try (var unused = SessionTime.waitFor(WaitingFor.AUTH)) {
      return new TimedChannel(channel, "Connection timed out").within(limit, io);
    }
  }

  /**
   * Says who is there and hears what there is.
   *
   * @return the mechanisms, without those that are private
   * @throws IOException if the other side is no authentication service of this version
   */
  List<Mechanism> handshake() throws IOException {
    String hello =
        "VERSION\t%d\t0\nCPID\t%d".formatted(MAJOR_VERSION, ProcessHandle.current().pid());
    return inTime(
        () -> {
          write(hello);
          var mechanisms = new ArrayList<Mechanism>();
          for (int i = 0; i < MAX_GREETING_LINES; i++) {
            List<String> words = readLine();
            if (words.getFirst().equals("DONE")) {
              mechanisms.removeIf(it -> it.properties().contains("private"));
              return List.copyOf(mechanisms);
            }
            greeted(words, mechanisms);
          }
          throw new IOException("Protocol error");
        });
  }

  private static void greeted(List<String> words, List<Mechanism> mechanisms) throws IOException {
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
      default -> {
        // The protocol grows by words that may be ignored.
      }
    }
  }

  private static Mechanism mechanism(List<String> words) {
    Set<String> properties =
        words.stream().skip(2).map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return new Mechanism(words.get(1), properties);
  }

  /**
   * Sends a line and reads lines until one of them is the answer.
   *
   * @param answer what a line's words come to; empty if they are no answer
   */
  <T> T ask(String line, Answer<T> answer) throws IOException {
    return inTime(
        () -> {
          write(line);
          while (true) {
            var result = answer.of(readLine());
            if (result.isPresent()) {
              return result.get();
            }
          }
        });
  }

  /** What a line's words come to. */
  interface Answer<T> {
    Optional<T> of(List<String> words);
  }

  private void write(String line) throws IOException {
    var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private List<String> readLine() throws IOException {
    var line = new StringBuilder();
    while (true) {
      if (!buffer.hasRemaining()) {
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        if (count <= 0) {
          throw new IOException("Connection lost");
        }
      }
      char c = (char) (buffer.get() & 0xff);
      if (c == '\n') {
        return Arrays.asList(line.toString().split("\t", -1));
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("Protocol error");
      }
      line.append(c);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be closed.
      return;
    }
  }
}
