package dev.mailservice.smtpd.access;

/** Where restrictions write what they do, in Postfix's words. */
public interface RestrictionLog {
  /** A line as it is. */
  void info(String text);

  /** A line that asks for the administrator's attention. */
  void warning(String text);
}
