package dev.mailservice.smtpd.session;

import java.io.PrintStream;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The mail log, one line an event, in the form and wording of Postfix's maillog_file, so that tools
 * that read Postfix's log read this one. Safe for use by several threads.
 */
public final class MailLog {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);

  private final PrintStream out;
  private final Clock clock;
  private final String hostname;
  private final long pid;

  /**
   * @param out where lines go, standard output as a rule
   * @param clock for the time at a line's start, in the clock's zone
   * @param hostname the machine's name at a line's start
   */
  public MailLog(PrintStream out, Clock clock, String hostname) {
    this.out = out;
    this.clock = clock;
    this.hostname = hostname;
    this.pid = ProcessHandle.current().pid();
  }

  /** The log's clock, whose time and zone the headers of mail share. */
  public Clock clock() {
    return clock;
  }

  /** A line as it is. */
  public void info(String text) {
    out.println(
        "%s %s postfix/smtpd[%d]: %s"
            .formatted(TIME.format(clock.instant().atZone(clock.getZone())), hostname, pid, text));
  }

  /** A line that asks for the administrator's attention. */
  public void warning(String text) {
    info("warning: " + text);
  }
}
