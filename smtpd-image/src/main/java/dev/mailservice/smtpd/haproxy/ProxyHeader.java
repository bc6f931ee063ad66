package dev.mailservice.smtpd.haproxy;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.protocol.Characters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a proxy says of the connection that it hands on.
 *
 * @param clientAddress the client's, as Postfix prints it
 * @param clientPort decimal
 * @param serverAddress where the client came to
 * @param serverPort decimal
 */
public record ProxyHeader(
    String clientAddress, String clientPort, String serverAddress, String serverPort) {

  /** What came is no header; the message is for the log, in Postfix's words. */
  public static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String why, byte[] received) {
      super(
          "haproxy read: %s: %s"
              .formatted(
                  why, Characters.escaped(new String(received, StandardCharsets.ISO_8859_1))));
    }

    Malformed(String why) {
      super("haproxy read: " + why);
    }
  }

  /**
   * Reads a header and nothing behind it, which is another's.
   *
   * @param in the connection; it throws {@link java.net.SocketTimeoutException} when time is over
   * @return empty if the proxy speaks for itself, as it does to see whether the server is there
   * @throws Malformed if what comes is no header of version 1 or 2 for TCP, or not all of it
   * @throws IOException if the connection fails
   */
  public static Optional<ProxyHeader> read(InputStream in) throws IOException {
    var received = new ReceivedBytes(in);
    while (Version1.mayBe(received) || Version2.mayBe(received)) {
      if (Version1.is(received)) {
        return Optional.of(Version1.read(received));
      }
      if (Version2.is(received)) {
        return Version2.read(received);
      }
      if (!received.readOne()) {
        throw received.nothing() ? received.nothingCame() : received.fault("short protocol header");
      }
    }
    received.takeWhatIsThere();
    throw received.fault(
        received.size() < Version2.START
            ? "short protocol header"
            : "unrecognized protocol header");
  }

  /** Postfix has no use for IPv4 addresses in IPv6's form either. */
  static String shown(HostAddress address) {
    return address.unmapped().toString();
  }
}
