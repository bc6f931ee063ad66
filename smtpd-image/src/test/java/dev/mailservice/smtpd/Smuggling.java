package dev.mailservice.smtpd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to end a message where one server sees its end and another does not, and what comes of
 * them byte for byte.
 *
 * @param sequence what stands in the middle of the message, written with {@code \r \n \0}
 * @param chunked whether the message comes as a chunk, RFC 3030, in which no dot ends anything
 */
public record Smuggling(String sequence, boolean chunked) {
  private static final String SENDER = "<smuggled@client.test>";

  /** All that has been published, and what is near it. */
  public static Stream<Smuggling> all() {
    return Stream.of(
            "\\n.\\n",
            "\\n.\\r\\n",
            "\\r\\n.\\n",
            "\\n.\\r",
            "\\r\\n.\\r",
            "\\r.\\r",
            "\\r.\\n",
            "\\r.\\r\\n",
            "\\r\\n.\\r\\r\\n",
            "\\r\\r\\n.\\r\\n",
            "\\n\\r\\n.\\n\\r\\n",
            "\\r\\n.\\0\\r\\n",
            "\\r\\n\\0.\\r\\n",
            "\\r\\0\\n.\\r\\0\\n",
            "\\n\\n.\\n\\n",
            "\\r\\n..\\r\\n",
            "\\n..\\n",
            "\\r\\n.x\\r\\n",
            "\\r\\n. \\r\\n",
            "\\n",
            "\\r",
            "\\r\\r\\n",
            "\\r\\n.\\r\\n")
        .flatMap(it -> Stream.of(new Smuggling(it, false), new Smuggling(it, true)));
  }

  /**
   * What came of one.
   *
   * @param heard the replies behind the one to RCPT, to the end
   * @param messages what the next hop took, without the header that differs at each time
   */
  public record Outcome(List<String> heard, List<String> messages) {}

  /** The message: what is smuggled is a command, if it is not a part of it. */
  private String content() {
    return "before" + unescaped(sequence) + "MAIL FROM:" + SENDER + "\r\n";
  }

  /** Tries it. */
  public Outcome attempt(InetSocketAddress server, NextHop nextHop) throws IOException {
    nextHop.messages.clear();
    try (var socket = new Socket(server.getAddress(), server.getPort())) {
      var client = new TestClient(socket);
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      client.say("RCPT TO:<user@example.test>");
      if (chunked) {
        client.send("BDAT %d LAST\r\n%sQUIT\r\n".formatted(content().length(), content()));
      } else {
        client.say("DATA");
        client.send(content() + ".\r\nQUIT\r\n");
      }
      var heard = new CopyOnWriteArrayList<String>();
      do {
        heard.add(client.lastLine());
      } while (!heard.getLast().equals("(closed)"));
      return new Outcome(List.copyOf(heard), List.copyOf(nextHop.messages));
    }
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
  }

  private static String escaped(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }

  @Override
  public String toString() {
    return sequence + (chunked ? " in a chunk" : "");
  }

  /** Takes every message, and sees every byte of it: CR LF alone ends a line. */
  public static final class NextHop implements TestNextHop.Script {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void talk(BufferedReader in, OutputStream out) throws IOException {
      TestNextHop.say(out, "220 next hop");
      for (String line = line(in); line != null; line = line(in)) {
        if (!line.equals("DATA")) {
          TestNextHop.say(out, "250 2.0.0 Ok");
          continue;
        }
        TestNextHop.say(out, "354 go on");
        var message = new StringBuilder();
        for (line = line(in); line != null && !line.equals("."); line = line(in)) {
          message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        if (line == null) {
          return;
        }
        messages.add(
            escaped(message.toString().replaceFirst("(?s)^Received: .*?\\)\r\n(?=[^\t])", "")));
        TestNextHop.say(out, "250 2.0.0 Ok: queued");
      }
    }

    private static @Nullable String line(BufferedReader in) throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        line.append((char) c);
        if (c == '\n' && line.length() > 1 && line.charAt(line.length() - 2) == '\r') {
          return line.substring(0, line.length() - 2);
        }
      }
      return null;
    }
  }
}
