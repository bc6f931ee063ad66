package dev.mailservice.smtpd.fuzz;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A next hop that notes every deviation from RFC 5321 in what it is sent, and each message that it
 * says 250 to. What it answers is in what it is sent: {@code next-hop-550@} in a sender or
 * recipient, and lines {@code Next-Hop-Reply: WORD} and {@code Next-Hop-Early: WORD} in content.
 */
final class StrictNextHop {
  /** What stands before the number of a message that was accepted. */
  static final String QUEUED = "2.0.0 Ok: queued as ";

  private static final String GO_ON = "354 go on";
  private static final Pattern ORDERED = Pattern.compile("next-hop-([2345]\\d\\d|gone|odd)@");
  private static final Pattern COMMANDS =
      Pattern.compile("(?i) *(EHLO|XFORWARD|MAIL|RCPT|DATA|RSET|QUIT)\\b.*", Pattern.DOTALL);

  private final ServerSocket socket;
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Accepted> accepted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger messages = new AtomicInteger();

  /**
   * A message that it has accepted.
   *
   * @param reply the text that it said so with
   * @param recipients for how many
   */
  record Accepted(String reply, int recipients) {}

  StrictNextHop() throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::acceptAll);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Forgets what was before. */
  void begin() {
    violations.clear();
    accepted.clear();
  }

  /** What it was sent and should not have been. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** The messages that it has accepted, in order. */
  List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  private void acceptAll() {
    while (true) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      talk(new BufferedInputStream(client.getInputStream()), client.getOutputStream());
    } catch (IOException e) {
      // The server has hung up.
      return;
    }
  }

  private void talk(InputStream in, OutputStream out) throws IOException {
    say(out, "220 next.hop.test ESMTP");
    int recipients = 0;
    for (String line = line(in, "a command"); line != null; line = line(in, "a command")) {
      if (!COMMANDS.matcher(line).matches()) {
        violations.add("no command: " + line);
      }
      String answer = answer(line);
      if (answer.isEmpty()) {
        return;
      }
      say(out, answer);
      recipients = recipients(recipients, line, answer);
      boolean asksForMessage = answer.equals(GO_ON);
      if (asksForMessage && !message(in, out, recipients)) {
        return;
      }
    }
  }

  /** How many recipients there are now. */
  private static int recipients(int before, String line, String answer) {
    return switch (verb(line)) {
      case "RCPT" -> answer.startsWith("2") ? before + 1 : before;
      case "EHLO", "MAIL", "RSET" -> 0;
      default -> before;
    };
  }

  private static String verb(String line) {
    return line.strip().split(" ")[0].toUpperCase(Locale.ROOT);
  }

  private static String answer(String line) {
    Matcher ordered = ORDERED.matcher(line.toLowerCase(Locale.ROOT));
    if (ordered.find()) {
      return switch (ordered.group(1)) {
        case "gone" -> "";
        case "odd" -> "odd";
        default -> ordered.group(1) + " 5.1.0 the next hop says so";
      };
    }
    return switch (verb(line)) {
      case "EHLO" ->
          "250-next.hop.test\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250-SIZE\r\n250-DSN\r\n"
              + "250-XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE\r\n250 8BITMIME";
      case "DATA" -> GO_ON;
      case "QUIT" -> "221 2.0.0 next hop says bye";
      default -> "250 2.0.0 next hop says ok";
    };
  }

  /** Whether the session goes on. */
  private boolean message(InputStream in, OutputStream out, int recipients) throws IOException {
    String order = "";
    for (String line = line(in, "content"); line != null; line = line(in, "content")) {
      if (line.equals(".")) {
        return end(out, order, recipients);
      }
      if (line.startsWith(".") && !line.startsWith("..")) {
        violations.add("a dot that is not doubled: " + line);
      }
      if (line.startsWith("Next-Hop-Reply: ") && order.isEmpty()) {
        order = line.substring("Next-Hop-Reply: ".length());
      } else if (line.startsWith("Next-Hop-Early: ")) {
        String early = line.substring("Next-Hop-Early: ".length());
        if (!early.matches("[45]\\d\\d")) {
          return false;
        }
        // One that said yes here could not be told from one that says it to the final dot.
        say(out, early + " 4.0.0 before the end");
        order = "gone";
      }
    }
    return false;
  }

  private boolean end(OutputStream out, String order, int recipients) throws IOException {
    String queued = QUEUED + messages.incrementAndGet();
    switch (order) {
      case "354", "421", "451", "554" -> say(out, order + " 4.0.0 the next hop says so");
      case "gone" -> {
        return false;
      }
      case "odd" -> say(out, "odd");
      case "half" -> {
        out.write("250-2.0.0 half".getBytes(StandardCharsets.US_ASCII));
        return false;
      }
      case "lines" -> {
        accepted.add(new Accepted(queued, recipients));
        say(out, "250-2.0.0 taken\r\n250 " + queued);
      }
      default -> {
        accepted.add(new Accepted(queued, recipients));
        say(out, "250 " + queued);
      }
    }
    return true;
  }

  /** A line without its CR LF; null at the end, whether or not a line had begun. */
  private @Nullable String line(InputStream in, String what) throws IOException {
    var line = new StringBuilder();
    int before = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n' && before != '\r') {
        violations.add("a bare newline in %s: %s".formatted(what, line));
      } else if (c == '\n') {
        return line.substring(0, line.length() - 1);
      } else if (before == '\r') {
        violations.add("a bare carriage return in %s: %s".formatted(what, line));
      }
      line.append((char) c);
      before = c;
    }
    return null;
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
