package dev.mailservice.smtpd.haproxy;

import dev.mailservice.maincf.table.HostAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a proxy says of the connection that it hands on.
 *
 * @param clientAddress the client's, as Postfix prints it
 * @param clientPort decimal
 * @param serverAddress where the client came to
 * @param serverPort decimal
 */
public record ProxyHeader(
    String clientAddress, String clientPort, String serverAddress, String serverPort) {
  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final String V1 = "PROXY ";

  /** Section 2.1: the longest line of version 1, with its end. */
  private static final int MAX_V1 = 107;

  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;

  /** What came is no header; the message is for the log. */
  public static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super("haproxy read: " + message);
    }
  }

  /**
   * Reads a header and nothing behind it.
   *
   * @return empty if the proxy speaks for itself, as it does to see whether the server is there
   * @throws Malformed if what comes is no header of version 1 or 2 for TCP
   * @throws IOException if the connection fails or ends
   */
  public static Optional<ProxyHeader> read(InputStream in) throws IOException {
    byte[] start = exactly(in, V1.length());
    if (Arrays.equals(start, 0, V1.length(), SIGNATURE, 0, V1.length())) {
      return readV2(in);
    }
    if (!V1.equals(new String(start, StandardCharsets.ISO_8859_1))) {
      throw new Malformed("no protocol header");
    }
    return readV1(in);
  }

  private static Optional<ProxyHeader> readV1(InputStream in) throws IOException {
    var line = new StringBuilder();
    while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("haproxy read: EOF");
      }
      line.append((char) c);
      if (line.length() > MAX_V1 - V1.length()) {
        throw new Malformed("line too long");
      }
    }
    if (line.charAt(line.length() - 2) != '\r') {
      throw new Malformed("missing CR LF");
    }
    String[] words = line.substring(0, line.length() - 2).split(" ", -1);
    if (words[0].equals("UNKNOWN")) {
      return Optional.empty();
    }
    boolean isIpv6 = words[0].equals("TCP6");
    if (words.length != 5 || !(isIpv6 || words[0].equals("TCP4"))) {
      throw new Malformed("unexpected protocol header: " + words[0]);
    }
    return Optional.of(
        new ProxyHeader(
            address(words[1], isIpv6), port(words[3]), address(words[2], isIpv6), port(words[4])));
  }

  private static String address(String text, boolean isIpv6) throws Malformed {
    HostAddress address =
        HostAddress.parse(text)
            .filter(it -> it.isIpv6() == isIpv6)
            .orElseThrow(() -> new Malformed("bad address: " + text));
    return address.unmapped().toString();
  }

  private static String port(String text) throws Malformed {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new Malformed("bad port: " + text);
    }
    return String.valueOf(Integer.parseInt(text));
  }

  private static Optional<ProxyHeader> readV2(InputStream in) throws IOException {
    byte[] rest = exactly(in, SIGNATURE.length - V1.length());
    if (!Arrays.equals(rest, 0, rest.length, SIGNATURE, V1.length(), SIGNATURE.length)) {
      throw new Malformed("no protocol header");
    }
    byte[] head = exactly(in, 4);
    int command = head[0] & 0xff;
    int family = head[1] & 0xff;
    byte[] body = exactly(in, unsigned(head, 2));
    if (command == LOCAL) {
      return Optional.empty();
    }
    if (command != PROXY) {
      throw new Malformed("bad version or command: 0x%x".formatted(command));
    }
    return switch (family) {
      case TCP_OVER_IPV4 -> Optional.of(endpoints(body, 4));
      case TCP_OVER_IPV6 -> Optional.of(endpoints(body, 16));
      default -> throw new Malformed("bad address family or transport: 0x%x".formatted(family));
    };
  }

  /** What stands behind the addresses says more than a mail server needs. */
  private static ProxyHeader endpoints(byte[] body, int length) throws Malformed {
    if (body.length < 2 * length + 4) {
      throw new Malformed("short addresses");
    }
    return new ProxyHeader(
        HostAddress.of(Arrays.copyOfRange(body, 0, length)).unmapped().toString(),
        String.valueOf(unsigned(body, 2 * length)),
        HostAddress.of(Arrays.copyOfRange(body, length, 2 * length)).unmapped().toString(),
        String.valueOf(unsigned(body, 2 * length + 2)));
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("haproxy read: EOF");
    }
    return bytes;
  }
}
