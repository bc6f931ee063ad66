package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.HostAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine's own addresses, as {@code inet_interfaces} has them when the server starts. */
final class OwnAddresses implements Predicate<String> {
  private final Set<String> addresses;

  /**
   * @param interfaces {@code all}, {@code loopback-only}, or addresses; names are nobody's
   */
  OwnAddresses(List<String> interfaces) {
    this.addresses =
        interfaces.stream().flatMap(OwnAddresses::of).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> of(String word) {
    return switch (word) {
      case "all" -> machine().map(OwnAddresses::text);
      case "loopback-only" ->
          machine().filter(InetAddress::isLoopbackAddress).map(OwnAddresses::text);
      default -> Stream.of(word.startsWith("[") ? word.substring(1, word.length() - 1) : word);
    };
  }

  private static Stream<InetAddress> machine() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
    } catch (SocketException e) {
      return Stream.empty();
    }
  }

  private static String text(InetAddress address) {
    return HostAddress.of(address.getAddress()).toString();
  }

  @Override
  public boolean test(String address) {
    return addresses.contains(address);
  }
}
