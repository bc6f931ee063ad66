package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.table.Endpoint;

/**
 * Where a next hop listens; a name is looked up when it is used, never before.
 *
 * @param endpoint a host and a port, or a socket in the file system
 */
public record NextHopAddress(Endpoint endpoint) {
  /**
   * Reads {@code host:port}, {@code inet:host:port}, {@code [address]:port} or {@code unix:/path}.
   *
   * @throws IllegalArgumentException if it is none of these, saying what would be right
   */
  public static NextHopAddress parse(String parameter, String text) {
    try {
      return new NextHopAddress(
          text.startsWith("unix:/")
              ? Endpoint.parse(text)
              : Endpoint.Inet.parse(text.replaceFirst("^inet:", "")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: bad destination \"%s\", want: host:port or unix:/path".formatted(parameter, text),
          e);
    }
  }

  @Override
  public String toString() {
    return switch (endpoint) {
      case Endpoint.Inet(String host, int port) ->
          (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
      case Endpoint.Unix unix -> "unix:" + unix.address().getPath();
    };
  }
}
