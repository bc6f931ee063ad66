package dev.mailservice.smtpd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The machine's names as the JDK asks for them, and some that no machine has. */
public final class TestNames extends InetAddressResolverProvider {
  /** Has 2000 addresses, all of loopback. */
  public static final String MANY_ADDRESSES = "many-addresses.name.test";

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
      if (host.equals(MANY_ADDRESSES)) {
        return IntStream.range(0, 2000).mapToObj(Names::ofLoopback);
      }
      return machine.lookupByName(host, policy);
    }

    private static InetAddress ofLoopback(int number) {
      try {
        return InetAddress.getByAddress(
            MANY_ADDRESSES, new byte[] {127, 0, (byte) (number / 100), (byte) (1 + number % 100)});
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
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
