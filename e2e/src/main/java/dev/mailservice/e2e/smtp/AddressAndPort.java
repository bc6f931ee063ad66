package dev.mailservice.e2e.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code ADDRESS:PORT}, {@code NAME:PORT} and {@code [IPV6]:PORT} from a command line. */
public final class AddressAndPort implements ITypeConverter<InetSocketAddress> {
  private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:]+)):(\\d{1,5})");

  @Override
  public InetSocketAddress convert(String value) {
    Matcher parts = FORM.matcher(value);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is not ADDRESS:PORT; an IPv6 address stands in brackets: [::1]:25");
    }
    int port = Integer.parseInt(parts.group(3));
    if (port > 65535) {
      throw new TypeConversionException("port " + port + " is not between 0 and 65535");
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      throw new TypeConversionException("'" + host + "' is no address and no known host name");
    }
  }

  /** The form that {@link #convert} reads. */
  public static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
