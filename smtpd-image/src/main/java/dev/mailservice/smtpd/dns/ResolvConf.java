package dev.mailservice.smtpd.dns;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.file.RereadFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which servers the machine asks, resolv.conf(5). It is read again when it has changed, as the C
 * library does: a machine may get its network after this server has started. Safe for use by
 * several threads.
 *
 * <p>Only {@code nameserver} lines count: {@code search} and {@code ndots} complete names that
 * people type, and a mail server asks for whole names only. A server may stand with its port, as
 * {@code [192.0.2.1]:5353}, which is what BSD's resolv.conf has.
 */
public final class ResolvConf {
  private static final int PORT = 53;

  /** The C library's {@code MAXNS}. */
  private static final int MOST_SERVERS = 3;

  private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)]:(\\d{1,5})");

  private final RereadFile<List<InetSocketAddress>> file;

  /**
   * @param file {@code /etc/resolv.conf}
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public ResolvConf(Path file, LongSupplier nanos) {
    // What was known is better than nothing while somebody replaces the file.
    this.file = new RereadFile<>(file, ResolvConf::parse, UnaryOperator.identity(), nanos);
  }

  /** The servers, first choice first; the machine's own if the file names none. */
  List<InetSocketAddress> servers() {
    return file.current();
  }

  private static List<InetSocketAddress> parse(List<String> lines) {
    List<InetSocketAddress> servers =
        lines.stream()
            .map(it -> it.strip().split("\\s+"))
            .filter(it -> it.length > 1 && it[0].equals("nameserver"))
            .flatMap(it -> server(it[1]).stream())
            .limit(MOST_SERVERS)
            .toList();
    return servers.isEmpty() ? List.of(address("127.0.0.1", PORT).orElseThrow()) : servers;
  }

  private static Optional<InetSocketAddress> server(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    return withPort.matches()
        ? address(withPort.group(1), Integer.parseInt(withPort.group(2)))
        : address(text, PORT);
  }

  private static Optional<InetSocketAddress> address(String text, int port) {
    int zone = text.indexOf('%');
    if (HostAddress.parse(zone < 0 ? text : text.substring(0, zone)).isEmpty() || port > 65_535) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByName(text), port));
    } catch (UnknownHostException e) {
      // An IPv6 zone that this machine does not have.
      return Optional.empty();
    }
  }
}
