package dev.mailservice.smtpd.client;

import java.util.Locale;

/**
 * A client's place on the network: what the connection tells, or a trusted proxy (the PROXY
 * protocol, XCLIENT) in its stead.
 *
 * @param address as Postfix prints it, {@code 192.0.2.1} or {@code 2001:db8::1}; or {@code unknown}
 * @param port decimal, or {@code unknown}
 * @param name the name that leads to the address and back, {@code smtpd_peername_lookup}
 * @param reverseName the name that the address has, whether or not it leads back
 * @param serverAddress where it came to, as {@code address}
 * @param serverPort decimal, or {@code unknown}
 */
public record Client(
    String address,
    String port,
    HostName name,
    HostName reverseName,
    String serverAddress,
    String serverPort) {
  /** The word for what is not known. */
  public static final String UNKNOWN = "unknown";

  /** A client whose names have not been looked up. */
  public static Client unnamed(
      String address, String port, String serverAddress, String serverPort) {
    return new Client(address, port, HostName.UNKNOWN, HostName.UNKNOWN, serverAddress, serverPort);
  }

  /** The same client with these names. */
  public Client named(HostName verified, HostName reverse) {
    return new Client(address, port, verified, reverse, serverAddress, serverPort);
  }

  /** Whether the address is one of IPv6. */
  public boolean isIpv6() {
    return address.indexOf(':') >= 0;
  }

  /** The address as RFC 5321 section 4.1.3 writes it within brackets: {@code IPv6:2001:db8::1}. */
  public String addressLiteral() {
    return isIpv6() && !address.toUpperCase(Locale.ROOT).startsWith("IPV6:")
        ? "IPv6:" + address
        : address;
  }

  /** As logs name it: {@code mail.example.com[192.0.2.1]}. */
  @Override
  public String toString() {
    return name.text() + "[" + address + "]";
  }
}
