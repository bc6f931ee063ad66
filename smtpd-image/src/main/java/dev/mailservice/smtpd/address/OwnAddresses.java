package dev.mailservice.smtpd.address;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.protocol.DomainName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses that are this machine's.
 *
 * @param interfaces {@code inet_interfaces}
 * @param proxies {@code proxy_interfaces}
 */
public record OwnAddresses(Set<HostAddress> interfaces, Set<HostAddress> proxies) {
  /**
   * Looks them up: names in DNS, {@code all} and {@code loopback-only} on the machine.
   *
   * @throws IllegalArgumentException if a name leads nowhere
   */
  public static OwnAddresses of(List<String> inetInterfaces, List<String> proxyInterfaces) {
    return new OwnAddresses(
        addresses("inet_interfaces", inetInterfaces),
        addresses("proxy_interfaces", proxyInterfaces));
  }

  private static Set<HostAddress> addresses(String parameter, List<String> words) {
    var addresses = new HashSet<HostAddress>();
    for (String word : words) {
      try {
        switch (word) {
          case "all" -> addresses.addAll(ofMachine(false));
          case "loopback-only" -> addresses.addAll(ofMachine(true));
          default -> addresses.addAll(named(word));
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "%s: %s has no address (%s), want: addresses or names of this machine, all, or loopback-only"
                .formatted(parameter, word, e.getMessage()),
            e);
      }
    }
    return Set.copyOf(addresses);
  }

  private static Set<HostAddress> named(String word) throws IOException {
    String bare =
        word.startsWith("[") && word.endsWith("]") ? word.substring(1, word.length() - 1) : word;
    Optional<HostAddress> literal = HostAddress.parse(bare);
    if (literal.isPresent()) {
      return Set.of(literal.get());
    }
    var found = new HashSet<HostAddress>();
    for (InetAddress address : InetAddress.getAllByName(bare)) {
      found.add(HostAddress.of(address.getAddress()));
    }
    return found;
  }

  private static Set<HostAddress> ofMachine(boolean loopbackOnly) throws IOException {
    var found = new HashSet<HostAddress>();
    for (NetworkInterface it : NetworkInterface.networkInterfaces().toList()) {
      for (InterfaceAddress address : it.getInterfaceAddresses()) {
        if (!loopbackOnly || address.getAddress().isLoopbackAddress()) {
          found.add(HostAddress.of(address.getAddress().getAddress()));
        }
      }
    }
    return found;
  }

  /** Whether an address in brackets, RFC 5321 section 4.1.3, stands for this machine. */
  boolean receivesFor(String literal) {
    return DomainName.literal(literal)
        .filter(it -> interfaces.contains(it) || proxies.contains(it))
        .isPresent();
  }

  /** Whether a client's address is one of them; Postfix's {@code permit_inet_interfaces}. */
  public boolean has(String address) {
    return HostAddress.parse(address).filter(interfaces::contains).isPresent();
  }
}
