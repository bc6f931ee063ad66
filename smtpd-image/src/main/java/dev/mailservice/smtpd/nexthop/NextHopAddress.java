package dev.mailservice.smtpd.nexthop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A next hop's host and port; the name is resolved when it is used, never before.
 *
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 */
public record NextHopAddress(String host, int port) {
  private static final Pattern SYNTAX =
      Pattern.compile("(?:inet:)?(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");

  /**
   * Reads {@code host:port}, {@code inet:host:port} or {@code [address]:port}.
   *
   * @throws IllegalArgumentException if it is none of these, saying what would be right
   */
  public static NextHopAddress parse(String parameter, String text) {
    Matcher matcher = SYNTAX.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "%s: bad destination \"%s\", want: host:port".formatted(parameter, text));
    }
    return new NextHopAddress(matcher.group(1) != null ? matcher.group(1) : matcher.group(2), port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
