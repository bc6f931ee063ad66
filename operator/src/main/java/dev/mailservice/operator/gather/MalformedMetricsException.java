package dev.mailservice.operator.gather;

/** A pod's metrics do not hold what the image contract promises; the message says what. */
final class MalformedMetricsException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMetricsException(String message) {
    super(message);
  }
}
