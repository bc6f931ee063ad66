package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.protocol.DomainName;

/** What names and addresses look like to restrictions. */
final class HostSyntax {
  private HostSyntax() {}

  /** A name without a final dot, unless there are two. */
  static String withoutFinalDot(String name) {
    return name.length() > 1 && name.endsWith(".") && !name.endsWith("..")
        ? name.substring(0, name.length() - 1)
        : name;
  }

  static boolean isFullyQualified(String name) {
    String bare = withoutFinalDot(name);
    return DomainName.isValid(bare) && bare.indexOf('.') >= 0;
  }

  static boolean isBracketed(String name) {
    return name.startsWith("[") && name.endsWith("]");
  }

  /** What is behind the last at sign; empty if there is none. */
  static String domainOf(String address) {
    int at = address.lastIndexOf('@');
    return at < 0 ? "" : address.substring(at + 1);
  }
}
