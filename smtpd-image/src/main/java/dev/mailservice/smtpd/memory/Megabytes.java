package dev.mailservice.smtpd.memory;

/** Megabytes of 2^20 bytes, as container limits are mostly given ({@code 512Mi}). */
final class Megabytes {
  private static final long BYTES = 1 << 20;

  private Megabytes() {}

  static long of(long bytes) {
    return Math.round((double) bytes / BYTES);
  }

  /** So many that the bytes fit. */
  static long above(long bytes) {
    return Math.ceilDiv(bytes, BYTES);
  }

  static long bytes(long megabytes) {
    return megabytes * BYTES;
  }
}
