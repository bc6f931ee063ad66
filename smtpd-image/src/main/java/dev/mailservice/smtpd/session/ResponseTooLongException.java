package dev.mailservice.smtpd.session;

import java.io.IOException;

/** A client says more to log in than {@code smtpd_sasl_response_limit} allows. */
final class ResponseTooLongException extends IOException {
  private static final long serialVersionUID = 1L;
}
