package dev.mailservice.smtpd.access;

/**
 * A recipient as restrictions see it.
 *
 * @param address as the client wrote it, without angle brackets, for replies
 * @param localPart what is before the last at sign, without quotes
 * @param domain what is behind it, without a final dot; empty if there is none
 */
record Recipient(String address, String localPart, String domain) {
  static Recipient of(String address) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      return new Recipient(address, unquoted(address), "");
    }
    String domain = address.substring(at + 1);
    return new Recipient(
        address,
        unquoted(address.substring(0, at)),
        domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain);
  }

  /**
   * Whether its local part has routing in it ({@code %}, {@code !}, a second {@code @}). The next
   * hop could pass it on, so it is nobody's for a stranger, as with Postfix's {@code
   * allow_untrusted_routing = no}.
   */
  boolean isRouted() {
    return localPart.chars().anyMatch(c -> c == '%' || c == '!' || c == '@');
  }

  /** The form in which tables are asked for it: with a domain, without quotes. */
  String key(String origin) {
    return localPart + "@" + (domain.isEmpty() ? origin : domain);
  }

  private static String unquoted(String localPart) {
    if (localPart.indexOf('"') < 0 && localPart.indexOf('\\') < 0) {
      return localPart;
    }
    var out = new StringBuilder();
    for (int i = 0; i < localPart.length(); i++) {
      char c = localPart.charAt(i);
      if (c == '\\' && i + 1 < localPart.length()) {
        i++;
        out.append(localPart.charAt(i));
      } else if (c != '"') {
        out.append(c);
      }
    }
    return out.toString();
  }
}
