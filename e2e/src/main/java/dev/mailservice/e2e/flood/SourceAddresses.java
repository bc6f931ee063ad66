package dev.mailservice.e2e.flood;

import java.net.InetAddress;
import java.util.Optional;

/** Where clients come from. */
public interface SourceAddresses {
  /** The address of the hog with this number, from 0; empty for the system's choice. */
  Optional<InetAddress> hog(int number);

  /** The address of the client of the good mail with this number, from 0. */
  Optional<InetAddress> good(long number);

  /** Whatever the system chooses. */
  static SourceAddresses ofTheSystem() {
    return new SourceAddresses() {
      @Override
      public Optional<InetAddress> hog(int number) {
        return Optional.empty();
      }

      @Override
      public Optional<InetAddress> good(long number) {
        return Optional.empty();
      }
    };
  }

  /**
   * Hogs from the lower half of a prefix, good clients from the upper half.
   *
   * @param addresses how many the hogs share, at most half of what the prefix holds
   */
  static SourceAddresses of(Prefix prefix, long addresses) {
    // The first address of an IPv4 network names the network itself.
    long half = (prefix.size() - 1) / 2;
    return new SourceAddresses() {
      @Override
      public Optional<InetAddress> hog(int number) {
        return Optional.of(prefix.address(1 + number % addresses));
      }

      @Override
      public Optional<InetAddress> good(long number) {
        return Optional.of(prefix.address(1 + half + number % half));
      }
    };
  }
}
