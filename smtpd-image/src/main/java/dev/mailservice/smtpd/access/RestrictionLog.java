package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.ProtocolLog;

/** Where restrictions say what they refuse, and what programs may know of it. */
public interface RestrictionLog extends ProtocolLog {
  /** A line with its fields. */
  void info(LogText text);

  @Override
  default void info(String text) {
    info(LogText.of(text));
  }
}
