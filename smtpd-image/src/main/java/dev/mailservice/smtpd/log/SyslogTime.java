package dev.mailservice.smtpd.log;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as Postfix's log has it, without year and zone: {@code Jan 02 15:04:05}. */
public final class SyslogTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);

  private SyslogTime() {}

  /** The time in its own zone. */
  public static String of(ZonedDateTime time) {
    return FORMAT.format(time);
  }
}
