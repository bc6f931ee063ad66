package dev.mailservice.smtpd.protocol;

import dev.mailservice.maincf.table.HostAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * What a domain may look like, as Postfix's valid_hostname(3) and valid_mailhost_addr(3) have it.
 */
public final class DomainName {
  private static final int MAX_LENGTH = 255;
  private static final int MAX_LABEL = 63;

  private DomainName() {}

  /**
   * Whether a text could be a host's or a domain's name: labels of letters, digits, hyphens and
   * underscores, not all of them digits. Bytes beyond ASCII count as letters, RFC 6531.
   */
  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    boolean numeric = true;
    int label = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        if (label == 0 || i == name.length() - 1) {
          return false;
        }
        label = 0;
        continue;
      }
      boolean atEdge = label == 0 || i + 1 == name.length() || name.charAt(i + 1) == '.';
      label++;
      if (label > MAX_LABEL || !isLabelCharacter(c) || (c == '-' && atEdge)) {
        return false;
      }
      numeric &= c >= '0' && c <= '9';
    }
    return !numeric;
  }

  private static boolean isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c > 127;
  }

  /** Whether a text is an address in brackets, RFC 5321 section 4.1.3. */
  public static boolean isLiteral(String text) {
    return literal(text).isPresent();
  }

  /** The address in brackets, RFC 5321 section 4.1.3. Empty if it is none. */
  public static Optional<HostAddress> literal(String text) {
    return text.startsWith("[") && text.endsWith("]") && text.length() > 1
        ? mailHostAddress(text.substring(1, text.length() - 1))
        : Optional.empty();
  }

  /**
   * An address as RFC 5321 writes it between brackets, {@code 192.0.2.1} or {@code
   * IPv6:2001:db8::1}. Empty if it is none.
   */
  static Optional<HostAddress> mailHostAddress(String text) {
    boolean prefixed = text.toLowerCase(Locale.ROOT).startsWith("ipv6:");
    String address = prefixed ? text.substring("ipv6:".length()) : text;
    boolean isIpv6 = address.indexOf(':') >= 0;
    return prefixed == isIpv6 ? HostAddress.parse(address) : Optional.empty();
  }
}
