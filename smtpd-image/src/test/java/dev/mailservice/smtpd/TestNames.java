package dev.mailservice.smtpd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.time.Duration;
import java.util.stream.Stream;

/** The machine's names as the JDK asks for them, and some that no machine has. */
public final class TestNames extends InetAddressResolverProvider {
  /** Has two addresses, both of loopback. */
  public static final String TWO_ADDRESSES = "two-addresses.name.test";

  /** Begins the names that nobody answers for for longer than any test waits. */
  public static final String SILENT = "silent-";

  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Names(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "names for tests";
  }

  private record Names(InetAddressResolver machine) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      if (host.startsWith(SILENT)) {
        waitInVain();
        throw new UnknownHostException(host);
      }
      if (host.equals(TWO_ADDRESSES)) {
        return Stream.of(
            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}),
            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 2}));
      }
      return machine.lookupByName(host, policy);
    }

    private static void waitInVain() {
      try {
        Thread.sleep(SILENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return machine.lookupByAddress(address);
    }
  }
}
