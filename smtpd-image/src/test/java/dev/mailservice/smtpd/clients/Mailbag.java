package dev.mailservice.smtpd.clients;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A next hop that keeps what it is sent, to the byte. It refuses a message with a line {@code
 * Next-Hop-Reply: TEXT} by that text, and takes all others.
 */
final class Mailbag implements AutoCloseable {
  private static final byte[] ORDERED_REPLY =
      "\r\nNext-Hop-Reply: ".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final List<Mail> mails = new CopyOnWriteArrayList<>();

  /**
   * What it has said 250 to.
   *
   * @param sender the whole MAIL command
   * @param content dots unstuffed
   */
  record Mail(String sender, List<String> recipients, byte[] content) {
    /** The content without the Received headers at its beginning. */
    byte[] withoutReceived() {
      int at = 0;
      while (startsHeader(at, "Received:")) {
        do {
          at = nextLine(at);
        } while (at < content.length && (content[at] == ' ' || content[at] == '\t'));
      }
      return Arrays.copyOfRange(content, at, content.length);
    }

    private boolean startsHeader(int at, String name) {
      int end = at + name.length();
      return end <= content.length
          && new String(content, at, name.length(), StandardCharsets.ISO_8859_1).equals(name);
    }

    private int nextLine(int from) {
      int at = from;
      while (at < content.length && content[at] != '\n') {
        at++;
      }
      return at + 1;
    }
  }

  Mailbag() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  List<Mail> mails() {
    return mails;
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
      var in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      say(out, "220 next.hop.test ESMTP");
      String sender = "";
      var recipients = new ArrayList<String>();
      for (byte[] line = line(in); line != null; line = line(in)) {
        String command = new String(line, StandardCharsets.UTF_8).strip();
        switch (command.split("[ :]")[0].toUpperCase(Locale.ROOT)) {
          case "EHLO" -> say(out, "250-next.hop.test\r\n250-8BITMIME\r\n250 SMTPUTF8");
          case "MAIL" -> {
            sender = command;
            recipients.clear();
            say(out, "250 2.1.0 Ok");
          }
          case "RCPT" -> {
            recipients.add(command.replaceFirst(".*<(.*)>.*", "$1"));
            say(out, "250 2.1.5 Ok");
          }
          case "DATA" -> {
            say(out, "354 go on");
            var mail = new Mail(sender, List.copyOf(recipients), content(in));
            String answer = answer(mail.content());
            if (answer.startsWith("250")) {
              mails.add(mail);
            }
            say(out, answer);
          }
          case "QUIT" -> say(out, "221 2.0.0 Bye");
          default -> say(out, "250 2.0.0 Ok");
        }
      }
    } catch (IOException e) {
      // The server has hung up.
      return;
    }
  }

  private static byte[] content(InputStream in) throws IOException {
    var content = new ByteArrayOutputStream();
    for (byte[] line = line(in); line != null; line = line(in)) {
      if (Arrays.equals(line, new byte[] {'.', '\r', '\n'})) {
        return content.toByteArray();
      }
      int stuffed = line[0] == '.' ? 1 : 0;
      content.write(line, stuffed, line.length - stuffed);
    }
    throw new IOException("no final dot");
  }

  private static String answer(byte[] content) {
    // Of a large message only the beginning is looked at.
    var head = new String(content, 0, Math.min(content.length, 5000), StandardCharsets.ISO_8859_1);
    int at = head.indexOf(new String(ORDERED_REPLY, StandardCharsets.ISO_8859_1));
    return at < 0
        ? "250 2.0.0 Ok: in the bag"
        : head.substring(at + ORDERED_REPLY.length, head.indexOf('\r', at + 2));
  }

  /** A line with its end, which is CR LF and nothing else; null at the end. */
  private static byte @Nullable [] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int before = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n' && before == '\r') {
        return line.toByteArray();
      }
      before = c;
    }
    return null;
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
