package dev.mailservice.smtpd.reference;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The next hop of both servers. It takes everything, unless what it is sent says otherwise: a
 * sender or recipient {@code next-hop-CODE@…} is answered with that code, {@code next-hop-gone@…}
 * by hanging up, and a message with a line {@code Next-Hop-Reply: TEXT} with that text.
 */
final class NextHopSink implements AutoCloseable {
  private static final Pattern ORDERED = Pattern.compile("next-hop-(\\d{3}|gone)@");
  private static final String ORDERED_REPLY = "Next-Hop-Reply: ";
  private static final String ECHO = "next-hop-echo";

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
      var in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      say(out, "220 next.hop.test ESMTP");
      var heard = new ArrayList<String>();
      for (String line = line(in); line != null; line = line(in)) {
        String answer = answer(line);
        if (answer.isEmpty()) {
          return;
        }
        // In capitals or not is no matter.
        heard.add(verb(line).equals("DATA") ? "DATA" : line);
        say(out, answer);
        switch (verb(line)) {
          case "DATA" -> {
            say(out, message(in, heard));
            heard.clear();
          }
          // How a server comes by a session, and whether it keeps one, is its own affair.
          case "EHLO", "RSET" -> heard.clear();
          default -> {}
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
      case "EHLO" ->
          String.join(
              "\r\n250-",
              "250-next.hop.test",
              "PIPELINING",
              "SIZE",
              "AUTH PLAIN",
              "XVERP",
              "XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE",
              "8BITMIME",
              "DSN",
              "SMTPUTF8\r\n250 ENHANCEDSTATUSCODES");
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 2.0.0 next hop says bye";
      default -> "250 2.0.0 next hop says ok";
    };
  }

  private static String verb(String line) {
    return line.split(" ")[0].toUpperCase(Locale.ROOT);
  }

  /** A line without its end, which is CR LF and nothing else; null at the end. */
  private static @Nullable String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.append((char) c);
      if (c == '\n' && line.length() > 1 && line.charAt(line.length() - 2) == '\r') {
        return line.substring(0, line.length() - 2);
      }
    }
    return null;
  }

  private static String message(InputStream in, List<String> heard) throws IOException {
    String answer = "250 2.0.0 Ok: queued by the next hop";
    if (heard.stream().anyMatch(it -> it.contains(ECHO))) {
      answer = "";
    }
    for (String line = line(in); line != null; line = line(in)) {
      if (line.equals(".")) {
        return answer.isEmpty() ? echo(heard) : answer;
      }
      // What is sent is not what is meant: RFC 5321 section 4.5.2.
      heard.add(line.startsWith(".") ? line.substring(1) : line);
      if (line.startsWith(ORDERED_REPLY)) {
        answer = line.substring(ORDERED_REPLY.length());
      }
    }
    throw new IOException("no final dot");
  }

  /** Without what is another at each time: the client's port and the date. */
  private static String echo(List<String> heard) {
    return "250 2.0.0 "
        + String.join(" | ", heard)
            .replaceAll("PORT=\\d+", "PORT=any")
            .replaceAll("\\w{3}, +\\d+ \\w{3} \\d{4} [0-9:]+ [+-]\\d{4} \\(\\w+\\)", "DATE")
            .replace("\t", " ")
            .replace("\r", "(CR)")
            .replace("\n", "(LF)");
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
