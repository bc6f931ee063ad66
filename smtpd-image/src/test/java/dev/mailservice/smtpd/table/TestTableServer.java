package dev.mailservice.smtpd.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A table's server that answers what a test wants: questions and answers end with one byte. */
public final class TestTableServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final char end;
  private final UnaryOperator<String> answers;
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

  /**
   * @param address where to listen
   * @param end the byte that ends a question
   * @param answers what to say to a question; nothing, and the connection stays open, if empty
   */
  public TestTableServer(SocketAddress address, char end, UnaryOperator<String> answers)
      throws IOException {
    this.listener =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    listener.bind(address);
    this.end = end;
    this.answers = answers;
    Thread.startVirtualThread(this::accept);
  }

  /** Where it listens, if that is a port. */
  public int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  /** What it was asked so far, each with its end. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  int connections() {
    return connections.size();
  }

  void dropConnections() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = listener.accept();
        connections.add(connection);
        Thread.startVirtualThread(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      InputStream in = Channels.newInputStream(connection);
      OutputStream out = Channels.newOutputStream(connection);
      var question = new ByteArrayOutputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        question.write(c);
        if (c == end) {
          String text = question.toString(StandardCharsets.UTF_8);
          question.reset();
          questions.add(text);
          out.write(answers.apply(text).getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    dropConnections();
  }
}
