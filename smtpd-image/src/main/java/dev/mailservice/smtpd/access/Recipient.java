package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.address.ResolvedAddress;

/**
 * An address as restrictions see it.
 *
 * @param address as the client wrote it, without angle brackets and quotes, for replies
 * @param resolved what it means, for tables
 */
record Recipient(String address, ResolvedAddress resolved) {
  /** What is behind the last at sign of what it means. */
  String domain() {
    return resolved.domain();
  }

  /**
   * Whether its local part has routing in it ({@code %}, {@code !}, a second {@code @}). The next
   * hop could pass it on, so it is nobody's for a stranger, as with Postfix's {@code
   * allow_untrusted_routing = no}.
   */
  boolean isRouted() {
    return resolved.isRouted();
  }
}
