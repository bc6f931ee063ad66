package dev.mailservice.smtpd.delivery;

import java.io.IOException;
import java.time.Duration;

/** A way for mail to leave this server. Safe for use by several threads. */
public interface Delivery {
  /** What it is, for warnings: {@code proxy filter 127.0.0.1:10025}. */
  String description();

  /**
   * Begins a transaction.
   *
   * @param patience how long to wait until there is room for one more
   * @throws IOException if there is no room in time, or nobody to talk to; the message is for the
   *     log
   */
  DeliveryTransaction open(Origin origin, Duration patience) throws IOException;
}
