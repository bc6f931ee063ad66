package dev.mailservice.smtpd.haproxy;

import dev.mailservice.maincf.table.HostAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;

/** A line of text, section 2.1; read as leniently as Postfix does. */
final class Version1 {
  private static final byte[] BEGINNING = "PROXY ".getBytes(StandardCharsets.US_ASCII);

  private Version1() {}

  static boolean mayBe(ReceivedBytes received) {
    return received.agreesWith(BEGINNING);
  }

  static boolean is(ReceivedBytes received) {
    return received.size() >= BEGINNING.length && mayBe(received);
  }

  static ProxyHeader read(ReceivedBytes received) throws IOException {
    byte[] all = received.all();
    while (all[all.length - 1] != '\n') {
      if (all.length == ReceivedBytes.MAX_SHOWN || !received.readOne()) {
        throw received.fault("missing protocol header terminator");
      }
      all = received.all();
    }
    var words = new StringTokenizer(new String(all, StandardCharsets.ISO_8859_1), " \r\n");
    words.nextToken();
    boolean isIpv6 = isIpv6(words, received);
    String client = address(words, isIpv6, "client", received);
    String server = address(words, isIpv6, "server", received);
    return new ProxyHeader(
        client, port(words, "client", received), server, port(words, "server", received));
  }

  private static String next(StringTokenizer words) {
    return words.hasMoreTokens() ? words.nextToken() : "";
  }

  /** A connection of unknown origin is refused: its address would be taken for the proxy's. */
  private static boolean isIpv6(StringTokenizer words, ReceivedBytes received)
      throws ProxyHeader.Malformed {
    String protocol = next(words);
    if (protocol.equalsIgnoreCase("TCP6")) {
      return true;
    }
    if (protocol.equalsIgnoreCase("TCP4")) {
      return false;
    }
    throw received.fault("bad or missing protocol type");
  }

  private static String address(
      StringTokenizer words, boolean isIpv6, String whose, ReceivedBytes received)
      throws ProxyHeader.Malformed {
    String text = next(words);
    String plain = isIpv6 ? text : text.replaceAll("(?<!\\d)0+(?=\\d)", "");
    return HostAddress.parse(plain)
        .filter(it -> it.isIpv6() == isIpv6)
        .map(ProxyHeader::shown)
        .orElseThrow(() -> received.fault("bad or missing %s address".formatted(whose)));
  }

  private static String port(StringTokenizer words, String whose, ReceivedBytes received)
      throws ProxyHeader.Malformed {
    String text = next(words);
    if (!text.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
      throw received.fault("bad or missing %s port".formatted(whose));
    }
    return text;
  }
}
