package dev.mailservice.smtpd.log;

import java.time.ZonedDateTime;

/** A time as Postfix's log has it, without year and zone: {@code Jan 02 15:04:05}. */
public final class SyslogTime {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private SyslogTime() {}

  /** The time in its own zone. */
  public static String of(ZonedDateTime time) {
    int month = 3 * (time.getMonthValue() - 1);
    var text = new StringBuilder(15).append(MONTHS, month, month + 3).append(' ');
    two(text, time.getDayOfMonth()).append(' ');
    two(text, time.getHour()).append(':');
    two(text, time.getMinute()).append(':');
    return two(text, time.getSecond()).toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
