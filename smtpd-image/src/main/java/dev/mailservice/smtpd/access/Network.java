package dev.mailservice.smtpd.access;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses, as {@code mynetworks} writes it: {@code 127.0.0.0/8}, {@code [::1]/128}, or
 * an address alone.
 *
 * @param address the block's first address
 * @param prefixLength how many leading bits count
 */
public record Network(InetAddress address, int prefixLength) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]+)\\]|((?:[0-9]{1,3}\\.){3}[0-9]{1,3})|([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*))(?:/(\\d{1,3}))?");

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is no block of addresses, with Postfix's wording
   */
  public static Network parse(String pattern) {
    Matcher matcher = SYNTAX.matcher(pattern);
    if (!matcher.matches()) {
      throw bad(pattern, "want: address/prefixlength, an IPv6 address in [brackets]");
    }
    String text = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    InetAddress address = literal(pattern, text != null ? text : matcher.group(3));
    int bits = address.getAddress().length * Byte.SIZE;
    int prefixLength = matcher.group(4) == null ? bits : Integer.parseInt(matcher.group(4));
    if (prefixLength > bits) {
      throw bad(pattern, "the prefix length is at most " + bits);
    }
    var network = new Network(address, prefixLength);
    if (!network.contains(address) || network.hasHostBits()) {
      throw bad(pattern, "non-null host address bits");
    }
    return network;
  }

  private static InetAddress literal(String pattern, String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw bad(pattern, "no IP address: " + text);
    }
  }

  private static IllegalArgumentException bad(String pattern, String why) {
    return new IllegalArgumentException("bad net/mask pattern: \"%s\", %s".formatted(pattern, why));
  }

  private boolean hasHostBits() {
    byte[] bytes = address.getAddress();
    for (int bit = prefixLength; bit < bytes.length * Byte.SIZE; bit++) {
      if (bit(bytes, bit) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a client's address lies in this block; addresses of another family never do. */
  public boolean contains(InetAddress client) {
    byte[] mine = address.getAddress();
    byte[] theirs = client.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      if (bit(mine, bit) != bit(theirs, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE)) & 1;
  }
}
