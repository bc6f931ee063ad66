package dev.mailservice.smtpd;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where to listen: {@code [::]:2525}, {@code 127.0.0.1:25}, {@code localhost:2525}. */
final class ListenAddress {
  private static final Pattern SYNTAX =
      Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");

  private ListenAddress() {}

  /**
   * @throws IllegalArgumentException if the text is no address and port, or the host is unknown
   */
  static InetSocketAddress parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : -1;
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "\"%s\" is no address and port, want for example [::]:2525".formatted(text));
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("\"%s\": unknown host %s".formatted(text, host), e);
    }
  }
}
