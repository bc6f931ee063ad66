package dev.mailservice.smtpd.access;

/** A restriction cannot be understood when it is come by; nothing more is asked. */
final class ConfigurationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for the administrator
   */
  ConfigurationFault(String message) {
    super(message, null, false, false);
  }
}
