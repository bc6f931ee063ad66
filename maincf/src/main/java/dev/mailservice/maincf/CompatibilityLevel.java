package dev.mailservice.maincf;

/**
 * The Postfix version whose defaults a configuration was written for, {@code major[.minor[.patch]]}
 * (postconf(5), compatibility_level).
 */
public record CompatibilityLevel(long major, int minor, int patch)
    implements Comparable<CompatibilityLevel> {
  private static final int MAX_MINOR = 0x3ff;
  private static final long MAX_MAJOR = Long.MAX_VALUE >> 20;

  /**
   * Reads a level.
   *
   * @throws IllegalArgumentException if it is none, in Postfix's words
   */
  public static CompatibilityLevel parse(String text) {
    long[] numbers = new long[3];
    String rest = text;
    for (int at = 0; at < numbers.length; at++) {
      DecimalPrefix number = DecimalPrefix.of(rest);
      boolean missing = number.rest().length() == rest.length();
      if (missing
          || number.overflow()
          || number.value() < 0
          || number.value() > (at == 0 ? MAX_MAJOR : MAX_MINOR)) {
        throw malformed(text);
      }
      numbers[at] = number.value();
      if (number.rest().isEmpty()) {
        return new CompatibilityLevel(numbers[0], (int) numbers[1], (int) numbers[2]);
      }
      if (number.rest().charAt(0) != '.') {
        throw malformed(text);
      }
      rest = number.rest().substring(1);
    }
    throw malformed(text);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "malformed compatibility level syntax: \"%s\", want: major.minor, for example 3.6"
            .formatted(text));
  }

  @Override
  public int compareTo(CompatibilityLevel other) {
    if (major != other.major) {
      return Long.compare(major, other.major);
    }
    return minor == other.minor
        ? Integer.compare(patch, other.patch)
        : Integer.compare(minor, other.minor);
  }

  /** As Postfix prints it: levels up to 2 have no minor version. */
  @Override
  public String toString() {
    if (major <= 2) {
      return Long.toString(major);
    }
    return patch == 0 ? major + "." + minor : major + "." + minor + "." + patch;
  }
}
