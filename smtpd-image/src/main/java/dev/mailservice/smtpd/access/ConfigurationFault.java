package dev.mailservice.smtpd.access;

import java.util.List;

/** A restriction cannot be understood when it is come by; nothing more is asked. */
final class ConfigurationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> lines;

  /**
   * @param lines for the administrator, each a line of the log
   */
  ConfigurationFault(String... lines) {
    super(String.join("; ", lines), null, false, false);
    this.lines = List.of(lines);
  }

  List<String> lines() {
    return lines;
  }
}
