package dev.mailservice.smtpd.delivery;

import java.io.IOException;
import java.time.Duration;

/** A way for mail to leave this server. Safe for use by several threads. */
public interface Delivery extends AutoCloseable {
  /** What it is, for warnings: {@code proxy filter 127.0.0.1:10025}. */
  String description();

  /**
   * Whether nobody comes after it: what it says of a recipient is this server's own refusal, and
   * not one of another server that is handed on.
   */
  default boolean isLast() {
    return false;
  }

  /** How many sessions it has open with another server for transactions under way. */
  default int active() {
    return 0;
  }

  /** How many transactions wait at this moment until there is room for them. */
  default int waiting() {
    return 0;
  }

  /** How many transactions have had to wait for room since the start. */
  default long waits() {
    return 0;
  }

  /**
   * Begins a transaction.
   *
   * @param patience how long to wait until there is room for one more
   * @throws IOException if there is no room in time, or nobody to talk to; the message is for the
   *     log, whole
   */
  DeliveryTransaction open(Origin origin, Duration patience) throws IOException;

  /** Lets go of what it keeps for later; transactions under way go on. */
  @Override
  default void close() {}
}
