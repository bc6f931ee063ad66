package dev.mailservice.maincf.table;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IP address, read as inet_pton(3) reads it: no name, no short form, no leading zeros, no zone.
 */
public final class HostAddress {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int V6_GROUPS = 8;

  private final byte[] bytes;

  private HostAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads an address; empty if the text is none. */
  public static Optional<HostAddress> parse(String text) {
    byte[] bytes = text.indexOf(':') >= 0 ? v6(text) : v4(text);
    return bytes.length == 0 ? Optional.empty() : Optional.of(new HostAddress(bytes));
  }

  /**
   * An address from its bytes, 4 or 16 of them.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static HostAddress of(byte[] bytes) {
    if (bytes.length != V4_BYTES && bytes.length != V6_BYTES) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }
    return new HostAddress(bytes.clone());
  }

  /** Its bytes, 4 or 16, a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether it is an address of IPv6. */
  public boolean isIpv6() {
    return bytes.length == V6_BYTES;
  }

  /**
   * The network that it is in: the same address with zeros behind the first bits.
   *
   * @param prefix how many bits count; all of them if there are no more
   */
  public HostAddress network(int prefix) {
    byte[] network = bytes.clone();
    for (int i = 0; i < network.length; i++) {
      int kept = Math.clamp(prefix - 8L * i, 0, 8);
      network[i] = (byte) (network[i] & (0xff << (8 - kept)));
    }
    return new HostAddress(network);
  }

  /** The IPv4 address that an IPv4-mapped one of IPv6 stands for, RFC 4291 2.5.5.2; else itself. */
  public HostAddress unmapped() {
    if (!isIpv6()) {
      return this;
    }
    for (int i = 0; i < 12; i++) {
      if (bytes[i] != (byte) (i < 10 ? 0 : 0xff)) {
        return this;
      }
    }
    return new HostAddress(Arrays.copyOfRange(bytes, 12, V6_BYTES));
  }

  private static byte[] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != V4_BYTES) {
      return new byte[0];
    }
    var bytes = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int value = number(parts[i], 10, 3);
      if (value < 0 || value > 255 || parts[i].length() > 1 && parts[i].startsWith("0")) {
        return new byte[0];
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte[] v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] bytes = groups(text);
      return bytes.length == V6_BYTES ? bytes : new byte[0];
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    byte[] head = before.isEmpty() || before.indexOf('.') < 0 ? groups(before) : new byte[0];
    byte[] tail = groups(after);
    boolean complete =
        (before.isEmpty() || head.length > 0) && (after.isEmpty() || tail.length > 0);
    if (!complete || head.length + tail.length >= V6_BYTES) {
      return new byte[0];
    }
    byte[] bytes = Arrays.copyOf(head, V6_BYTES);
    System.arraycopy(tail, 0, bytes, V6_BYTES - tail.length, tail.length);
    return bytes;
  }

  /** Groups of hexadecimal digits, the last of which may be an IPv4 address. */
  private static byte[] groups(String text) {
    String[] parts = text.split(":", -1);
    if (text.isEmpty() || parts.length > V6_GROUPS) {
      return new byte[0];
    }
    var bytes = new byte[V6_BYTES + 2];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      byte[] v4 = i == parts.length - 1 ? v4(parts[i]) : new byte[0];
      int group = number(parts[i], 16, 4);
      if (v4.length > 0 && length + V4_BYTES <= V6_BYTES) {
        System.arraycopy(v4, 0, bytes, length, V4_BYTES);
        length += V4_BYTES;
      } else if (group >= 0) {
        bytes[length++] = (byte) (group >> 8);
        bytes[length++] = (byte) group;
      } else {
        return new byte[0];
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int number(String digits, int radix, int maxLength) {
    if (digits.isEmpty() || digits.length() > maxLength) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  /** How many bits it has: 32 or 128. */
  public int bits() {
    return bytes.length * Byte.SIZE;
  }

  boolean sharesPrefix(HostAddress other, int length) {
    if (bytes.length != other.bytes.length) {
      return false;
    }
    int whole = length / Byte.SIZE;
    if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) {
      return false;
    }
    int rest = length % Byte.SIZE;
    return rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & (0xff00 >> rest) & 0xff) == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As inet_ntop(3) prints it: the longest run of two or more zero groups becomes {@code ::}. */
  @Override
  public String toString() {
    return bytes.length == V4_BYTES ? dotted(0) : colons();
  }

  private String dotted(int from) {
    return "%d.%d.%d.%d"
        .formatted(
            bytes[from] & 0xff,
            bytes[from + 1] & 0xff,
            bytes[from + 2] & 0xff,
            bytes[from + 3] & 0xff);
  }

  private int group(int index) {
    return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
  }

  private String colons() {
    int start = -1;
    int length = 1;
    for (int i = 0; i < V6_GROUPS; i++) {
      int end = i;
      while (end < V6_GROUPS && group(end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
      i = Math.max(i, end - 1);
    }
    if (start == 0 && (length == 6 || length == 5 && group(5) == 0xffff)) {
      return (length == 6 ? "::" : "::ffff:") + dotted(12);
    }
    var out = new StringBuilder();
    for (int i = 0; i < V6_GROUPS; i++) {
      if (i == start) {
        out.append("::");
        i += length - 1;
      } else {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
          out.append(':');
        }
        out.append(Integer.toHexString(group(i)));
      }
    }
    return out.toString();
  }
}
