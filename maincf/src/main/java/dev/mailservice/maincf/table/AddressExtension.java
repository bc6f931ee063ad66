package dev.mailservice.maincf.table;

import java.util.Locale;
import java.util.Optional;

/**
 * Takes the extension off an address: {@code user+tag@example.com} is also {@code
 * user@example.com}. Follows Postfix's strip_addr and split_addr.
 *
 * @param delimiters the value of {@code recipient_delimiter}: each character is one; none if empty
 * @param doubleBounce the value of {@code double_bounce_sender}, which has no extension
 * @param ownerRequestSpecial whether {@code owner-list} and {@code list-request} have none either,
 *     the value of {@code owner_request_special}
 */
public record AddressExtension(
    String delimiters, String doubleBounce, boolean ownerRequestSpecial) {
  /** With the other parameters' defaults. */
  public static AddressExtension of(String delimiters) {
    return new AddressExtension(delimiters, "double-bounce", true);
  }

  /**
   * The address without its extension; empty if it has none.
   *
   * @param address with or without a domain
   */
  public Optional<String> strip(String address) {
    int at = address.lastIndexOf('@');
    String localPart = at < 0 ? address : address.substring(0, at);
    int end = 0;
    while (end < localPart.length() && delimiters.indexOf(localPart.charAt(end)) < 0) {
      end++;
    }
    if (end == 0 || end == localPart.length() || isWhole(localPart)) {
      return Optional.empty();
    }
    return Optional.of(localPart.substring(0, end) + address.substring(localPart.length()));
  }

  private boolean isWhole(String localPart) {
    String name = localPart.toLowerCase(Locale.ROOT);
    if (name.equals("postmaster")
        || name.equals("mailer-daemon")
        || CaseFold.fold(localPart).equals(CaseFold.fold(doubleBounce))) {
      return true;
    }
    return ownerRequestSpecial
        && delimiters.indexOf('-') >= 0
        && (name.startsWith("owner-") || name.endsWith("-request") && name.length() > 8);
  }
}
