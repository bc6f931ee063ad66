package dev.mailservice.smtpd.haproxy;

import dev.mailservice.maincf.table.HostAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Bytes, section 2.2. What stands behind the addresses says more than a mail server needs. */
final class Version2 {
  /** How long the part is that each header has. */
  static final int START = 16;

  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  private static final int VERSION = 2;
  private static final int LOCAL = 0;
  private static final int PROXY = 1;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;

  private Version2() {}

  static boolean mayBe(ReceivedBytes received) {
    return received.agreesWith(SIGNATURE);
  }

  static boolean is(ReceivedBytes received) {
    return received.size() >= START && mayBe(received);
  }

  static Optional<ProxyHeader> read(ReceivedBytes received) throws IOException {
    byte[] start = received.all();
    int versionAndCommand = start[SIGNATURE.length] & 0xff;
    if (!received.read(unsigned(start, START - 2))) {
      throw received.fault("short version 2 protocol header");
    }
    if (versionAndCommand >> 4 != VERSION) {
      throw received.fault("unrecognized protocol version");
    }
    return switch (versionAndCommand & 0xf) {
      case LOCAL -> Optional.empty();
      case PROXY -> Optional.of(endpoints(received));
      default -> throw received.fault("bad command in proxy header");
    };
  }

  private static ProxyHeader endpoints(ReceivedBytes received) throws ProxyHeader.Malformed {
    byte[] all = received.all();
    return switch (all[SIGNATURE.length + 1] & 0xff) {
      case TCP_OVER_IPV4 -> endpoints(received, 4);
      case TCP_OVER_IPV6 -> endpoints(received, 16);
      default -> throw received.fault("unsupported network protocol");
    };
  }

  private static ProxyHeader endpoints(ReceivedBytes received, int length)
      throws ProxyHeader.Malformed {
    byte[] all = received.all();
    if (all.length < START + 2 * length + 4) {
      throw received.fault("short address field");
    }
    int server = START + length;
    int ports = server + length;
    return new ProxyHeader(
        ProxyHeader.shown(HostAddress.of(Arrays.copyOfRange(all, START, server))),
        String.valueOf(unsigned(all, ports)),
        ProxyHeader.shown(HostAddress.of(Arrays.copyOfRange(all, server, ports))),
        String.valueOf(unsigned(all, ports + 2)));
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
