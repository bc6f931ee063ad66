package dev.mailservice.smtpd.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The next hop of both servers. It takes everything, unless what it is sent says otherwise: a
 * sender or recipient {@code next-hop-CODE@…} is answered with that code, {@code next-hop-gone@…}
 * by hanging up, and a message with a line {@code Next-Hop-Reply: TEXT} with that text.
 */
final class NextHopSink implements AutoCloseable {
  private static final Pattern ORDERED = Pattern.compile("next-hop-(\\d{3}|gone)@");
  private static final String ORDERED_REPLY = "Next-Hop-Reply: ";

  private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

  NextHopSink() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  /** As {@code smtpd_proxy_filter} wants it. */
  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
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

  private static void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      say(out, "220 next.hop.test ESMTP");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer = answer(line);
        if (answer.isEmpty()) {
          return;
        }
        say(out, answer);
        if (verb(line).equals("DATA")) {
          say(out, message(in));
        }
      }
    } catch (IOException e) {
      // The server has hung up.
      return;
    }
  }

  private static String answer(String line) {
    Matcher ordered = ORDERED.matcher(line);
    if (ordered.find()) {
      String code = ordered.group(1);
      return code.equals("gone")
          ? ""
          : "%s %s.1.0 the next hop says so".formatted(code, code.charAt(0));
    }
    return switch (verb(line)) {
      case "EHLO" -> "250-next.hop.test\r\n250-PIPELINING\r\n250 8BITMIME";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 2.0.0 next hop says bye";
      default -> "250 2.0.0 next hop says ok";
    };
  }

  private static String verb(String line) {
    return line.split(" ")[0].toUpperCase(Locale.ROOT);
  }

  private static String message(BufferedReader in) throws IOException {
    String answer = "250 2.0.0 Ok: queued by the next hop";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) {
        return answer;
      }
      if (line.startsWith(ORDERED_REPLY)) {
        answer = line.substring(ORDERED_REPLY.length());
      }
    }
    throw new IOException("no final dot");
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
