package dev.mailservice.smtpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.waiting.SessionTimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Where a line ends and where a message does, beside the same said byte by byte. */
class LineReaderTest {
  private static final int COMMAND_LIMIT = 12;

  /** A client that sends a text in pieces of some sizes. */
  private static final class PiecewiseSocket extends Socket {
    private final InputStream pieces;

    PiecewiseSocket(byte[] bytes, List<Integer> sizes) {
      this.pieces =
          new ByteArrayInputStream(bytes) {
            private int read;

            @Override
            public int read(byte[] into, int at, int length) {
              int size = sizes.get(read++ % sizes.size());
              return super.read(into, at, Math.min(length, size));
            }
          };
    }

    @Override
    public InputStream getInputStream() {
      return pieces;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void setTcpNoDelay(boolean on) {}
  }

  /** What came of a message, and what the client said behind it. */
  private record Outcome(
      String message,
      long size,
      boolean tooLarge,
      boolean bareNewline,
      boolean clientGone,
      String behind) {}

  private interface Source {
    String rest() throws IOException;
  }

  private interface Reading {
    void read() throws IOException;
  }

  private static Outcome outcome(
      Reading reading, MessageWriter writer, ByteArrayOutputStream message, Source source)
      throws IOException {
    boolean gone = false;
    try {
      reading.read();
    } catch (ClientGoneException e) {
      gone = true;
    }
    return new Outcome(
        message.toString(StandardCharsets.ISO_8859_1),
        writer.size(),
        writer.isTooLarge(),
        writer.hasBareNewline(),
        gone,
        source.rest());
  }

  private static Outcome byteByByte(
      String sent, long sizeLimit, BareNewlines newlines, List<Integer> chunks) throws IOException {
    var in = new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1));
    var message = new ByteArrayOutputStream();
    var writer = new MessageWriter(message, sizeLimit);
    var lines = new ByteByByteLines(in, writer, newlines);
    return outcome(
        () -> {
          if (chunks.isEmpty()) {
            lines.readToFinalDot();
          }
          for (int i = 0; i < chunks.size(); i++) {
            lines.readChunk(chunks.get(i), i == chunks.size() - 1);
          }
        },
        writer,
        message,
        () -> new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
  }

  private static Outcome asRead(
      String sent,
      List<Integer> pieces,
      long sizeLimit,
      BareNewlines newlines,
      List<Integer> chunks)
      throws IOException {
    ClientConnection client = client(sent, pieces);
    var message = new ByteArrayOutputStream();
    var writer = new MessageWriter(message, sizeLimit);
    var lines = new LineReader(client, writer, newlines);
    return outcome(
        () -> {
          client.beginRequest(true);
          if (chunks.isEmpty()) {
            lines.readToFinalDot();
          }
          for (int i = 0; i < chunks.size(); i++) {
            lines.readChunk(chunks.get(i), i == chunks.size() - 1);
          }
        },
        writer,
        message,
        () -> rest(client));
  }

  private static ClientConnection client(String sent, List<Integer> pieces) throws IOException {
    byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
    return new ClientConnection(
        new PiecewiseSocket(bytes, pieces),
        System::nanoTime,
        new SessionTimes(System::nanoTime).begin());
  }

  private static String rest(ClientConnection client) throws IOException {
    var rest = new StringBuilder();
    while (client.awaitInput()) {
      rest.append(
          new String(
              client.input(), client.inputAt(), client.buffered(), StandardCharsets.ISO_8859_1));
      client.use(client.buffered());
    }
    return rest.toString();
  }

  @Provide
  Arbitrary<String> messages() {
    // Lines that nothing is wrong with stand beside each other often enough to be taken together.
    Arbitrary<String> parts =
        Arbitraries.of(
            "\r\n",
            "\r\n",
            "\n",
            "\r",
            ".",
            "..",
            "\r\n.\r\n",
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\0",
            "x",
            " ",
            "\t",
            "From ",
            ">From ",
            "a line\r\n",
            "another line\r\n",
            "\u00e4",
            "x".repeat(4095),
            "y".repeat(4096) + "\r\n",
            ".".repeat(4097));
    return parts.list().ofMaxSize(30).map(it -> String.join("", it));
  }

  @Provide
  Arbitrary<List<Integer>> pieces() {
    return Arbitraries.of(1, 2, 3, 5, 17, 1000, 4096, 40_000).list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<Long> limits() {
    return Arbitraries.of(0L, 1L, 10L, 30L, 4100L, 8300L);
  }

  @Provide
  Arbitrary<List<Integer>> chunks() {
    return Arbitraries.of(1, 2, 3, 10, 4096, 5000).list().ofMinSize(1).ofMaxSize(4);
  }

  @Property(tries = 3000)
  void in_whatever_pieces_a_message_comes_it_ends_and_goes_on_as_if_read_byte_by_byte(
      @ForAll("messages") String message,
      @ForAll("pieces") List<Integer> pieces,
      @ForAll("limits") long limit,
      @ForAll BareNewlines newlines)
      throws IOException {
    String sent = message + "\r\n.\r\nQUIT\r\n";
    assertThat(asRead(sent, pieces, limit, newlines, List.of()))
        .isEqualTo(byteByByte(sent, limit, newlines, List.of()));
  }

  @Property(tries = 3000)
  void in_whatever_pieces_chunks_come_they_go_on_as_if_read_byte_by_byte(
      @ForAll("messages") String message,
      @ForAll("pieces") List<Integer> pieces,
      @ForAll("limits") long limit,
      @ForAll BareNewlines newlines,
      @ForAll("chunks") List<Integer> chunks)
      throws IOException {
    assertThat(asRead(message, pieces, limit, newlines, chunks))
        .isEqualTo(byteByByte(message, limit, newlines, chunks));
  }

  @Property
  void in_whatever_pieces_a_command_comes_it_is_the_same(
      @ForAll("messages") String said,
      @ForAll("pieces") List<Integer> pieces,
      @ForAll @IntRange(min = 1, max = 5) int size)
      throws IOException {
    assertThat(commands(said, pieces)).isEqualTo(commands(said, List.of(size)));
  }

  private static List<String> commands(String said, List<Integer> pieces) throws IOException {
    ClientConnection client = client(said, pieces);
    var commands = new ArrayList<String>();
    try {
      while (true) {
        CommandLine line = client.readCommand(COMMAND_LIMIT);
        commands.add(line.text() + "|" + line.whole() + "|" + line.bareNewline());
      }
    } catch (ClientGoneException e) {
      return commands;
    }
  }

  @Test
  void a_command_is_cut_at_the_limit_and_loses_its_returns_and_what_stands_behind_a_nul()
      throws IOException {
    assertThat(commands("0123456789abcdef\r\na\0b\r\r\nc\n\r\n\n", List.of(4)))
        .containsExactly(
            "0123456789ab|0123456789ab|false", "a|a\0b|false", "c|c|true", "||false", "||true");
  }
}
