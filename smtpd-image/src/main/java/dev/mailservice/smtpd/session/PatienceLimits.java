package dev.mailservice.smtpd.session;

import java.time.Duration;

/**
 * How slow a client may be.
 *
 * @param timeout {@code smtpd_timeout}
 * @param perRequest {@code smtpd_per_request_deadline}: whether the time-out limits a whole request
 *     and not each read
 * @param minDataRate {@code smtpd_min_data_rate}, bytes a second that earn more time
 */
public record PatienceLimits(Duration timeout, boolean perRequest, int minDataRate) {
  /** The same, with a time-out at most this long. */
  PatienceLimits atMost(Duration other) {
    return timeout.compareTo(other) <= 0
        ? this
        : new PatienceLimits(other, perRequest, minDataRate);
  }
}
