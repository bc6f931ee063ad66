package dev.mailservice.smtpd.address;

/**
 * What an address means.
 *
 * @param address with a domain, without quotes; as far as it came if it is malformed
 * @param isLocal whether the domain is this machine's
 * @param isRouted whether the local part has routing in it ({@code %}, {@code !}, {@code @}) that
 *     the next hop might follow
 * @param isMalformed whether it is no address
 */
public record ResolvedAddress(
    String address, boolean isLocal, boolean isRouted, boolean isMalformed) {
  /** What is behind the last at sign. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** What is before the last at sign. */
  public String localPart() {
    return address.substring(0, Math.max(0, address.lastIndexOf('@')));
  }
}
