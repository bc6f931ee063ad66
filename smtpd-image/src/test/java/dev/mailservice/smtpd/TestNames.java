package dev.mailservice.smtpd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** The machine's names as the JDK asks for them, and some that no machine has. */
public final class TestNames extends InetAddressResolverProvider {
  /** Has two addresses, both of loopback. */
  public static final String TWO_ADDRESSES = "two-addresses.name.test";

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
      return switch (host) {
        case TWO_ADDRESSES ->
            Stream.of(
                InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}),
                InetAddress.getByAddress(host, new byte[] {127, 0, 0, 2}));
        default -> machine.lookupByName(host, policy);
      };
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return machine.lookupByAddress(address);
    }
  }
}
