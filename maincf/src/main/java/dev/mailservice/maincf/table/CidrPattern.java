package dev.mailservice.maincf.table;

import java.util.Optional;

/**
 * A block of addresses: {@code 192.0.2.0/24}, {@code [2001:db8::]/32}, {@code [2001:db8::/32]}, or
 * an address alone. Follows Postfix's cidr_match.
 *
 * @param network the block's first address
 * @param prefixLength how many leading bits count
 */
public record CidrPattern(HostAddress network, int prefixLength) {
  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is no block of addresses, with Postfix's wording
   */
  public static CidrPattern parse(String pattern) {
    String text = pattern;
    if (pattern.startsWith("[")) {
      int close = pattern.indexOf(']');
      if (close < 0) {
        throw new IllegalArgumentException(
            "missing ']' character after \"[%s\"".formatted(pattern.substring(1)));
      }
      String inside = pattern.substring(1, close);
      String after = pattern.substring(close + 1);
      if (!after.isEmpty() && !after.startsWith("/")) {
        throw new IllegalArgumentException("garbage after \"[%s]\"".formatted(inside));
      }
      if (after.startsWith("/") && inside.indexOf('/') >= 0) {
        throw new IllegalArgumentException(
            "bad network value in \"%s%s\"".formatted(inside, after));
      }
      text = inside + after;
    }
    int slash = text.indexOf('/');
    if (slash < 0) {
      return whole(text);
    }
    return masked(text.substring(0, slash), text.substring(slash + 1));
  }

  private static CidrPattern whole(String address) {
    return HostAddress.parse(address)
        .map(it -> new CidrPattern(it, it.bits()))
        .orElseThrow(
            () -> new IllegalArgumentException("bad address pattern: \"%s\"".formatted(address)));
  }

  private static CidrPattern masked(String address, String mask) {
    if (mask.isEmpty() || !mask.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad("bad mask value", address, mask);
    }
    int bits = address.indexOf(':') >= 0 ? 128 : 32;
    String digits = mask.replaceFirst("^0+(?=.)", "");
    int length = digits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (length > bits) {
      throw bad("bad mask length", address, mask);
    }
    Optional<HostAddress> parsed = HostAddress.parse(address);
    if (parsed.isEmpty()) {
      throw bad("bad network value", address, mask);
    }
    HostAddress network = parsed.get().network(length);
    if (!network.equals(parsed.get())) {
      throw new IllegalArgumentException(
          "non-null host address bits in \"%s/%s\", perhaps you should use \"%s/%d\" instead"
              .formatted(address, mask, network, length));
    }
    return new CidrPattern(network, length);
  }

  private static IllegalArgumentException bad(String why, String address, String mask) {
    return new IllegalArgumentException("%s in \"%s/%s\"".formatted(why, address, mask));
  }

  /** Whether an address lies in this block; one of the other family never does. */
  public boolean contains(HostAddress address) {
    return network.sharesPrefix(address, prefixLength);
  }

  /** The address, and the prefix length if there is one. */
  @Override
  public String toString() {
    return prefixLength == network.bits() ? network.toString() : network + "/" + prefixLength;
  }
}
