package dev.mailservice.e2e.flood;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A range of addresses, as in {@code 198.18.0.0/15} or {@code 2001:db8::/64}.
 *
 * @param network its first address
 * @param length how many bits all its addresses share
 */
public record Prefix(InetAddress network, int length) {
  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)/(\\d{1,3})");
  private static final int MOST_HOST_BITS_COUNTED = 62;

  /**
   * Reads the usual form.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Prefix parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no prefix: wanted is for example 198.18.0.0/15");
    }
    InetAddress address;
    try {
      address = InetAddress.getByName(parts.group(1));
    } catch (UnknownHostException notAnAddress) {
      throw new IllegalArgumentException("'" + parts.group(1) + "' is no address", notAnAddress);
    }
    int length = Integer.parseInt(parts.group(2));
    int bits = 8 * address.getAddress().length;
    if (length < 1 || length > bits - 2) {
      throw new IllegalArgumentException(
          "'" + text + "': the length must be between 1 and " + (bits - 2));
    }
    Prefix prefix = new Prefix(address, length);
    if (!prefix.address(0).equals(address)) {
      throw new IllegalArgumentException(
          "'%s' has bits set beyond its length: wanted is %s/%d"
              .formatted(text, prefix.address(0).getHostAddress(), length));
    }
    return prefix;
  }

  /** How many addresses it holds, at most 2 to the power of 62. */
  public long size() {
    int hostBits = 8 * network.getAddress().length - length;
    return 1L << Math.min(hostBits, MOST_HOST_BITS_COUNTED);
  }

  /** The address with this number, from 0. */
  public InetAddress address(long number) {
    byte[] octets = network.getAddress();
    int hostBits = 8 * octets.length - length;
    BigInteger base = new BigInteger(1, octets).shiftRight(hostBits).shiftLeft(hostBits);
    byte[] sum = base.add(BigInteger.valueOf(number)).toByteArray();
    byte[] result = new byte[octets.length];
    int count = Math.min(sum.length, result.length);
    System.arraycopy(sum, sum.length - count, result, result.length - count, count);
    try {
      return InetAddress.getByAddress(result);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(Arrays.toString(result), impossible);
    }
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + length;
  }

  /** Reads a prefix from a command line. */
  static final class Converter implements ITypeConverter<Prefix> {
    @Override
    public Prefix convert(String value) {
      try {
        return parse(value);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }
}
