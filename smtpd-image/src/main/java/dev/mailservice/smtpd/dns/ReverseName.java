package dev.mailservice.smtpd.dns;

import dev.mailservice.maincf.table.HostAddress;

/** Addresses as names, RFC 1035 section 3.5, RFC 3596 section 2.5 and RFC 5782. */
public final class ReverseName {
  private ReverseName() {}

  /** The name under which an address's own name is: {@code 1.2.0.192.in-addr.arpa}. */
  public static String arpa(HostAddress address) {
    return labels(address) + (address.isIpv6() ? ".ip6.arpa" : ".in-addr.arpa");
  }

  /** The name under which a block list has an address: {@code 1.2.0.192.zen.example}. */
  public static String in(HostAddress address, String zone) {
    return labels(address) + "." + zone;
  }

  private static String labels(HostAddress address) {
    byte[] bytes = address.bytes();
    var out = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      int value = bytes[i] & 0xff;
      if (!out.isEmpty()) {
        out.append('.');
      }
      out.append(
          address.isIpv6() ? "%x.%x".formatted(value & 0xf, value >> 4) : String.valueOf(value));
    }
    return out.toString();
  }
}
