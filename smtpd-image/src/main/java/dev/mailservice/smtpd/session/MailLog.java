package dev.mailservice.smtpd.session;

import java.io.PrintStream;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The mail log, one line an event, in the form and wording of Postfix's maillog_file, so that tools
 * that read Postfix's log read this one. Safe for use by several threads.
 *
 * <p>In Postfix's log the number in brackets is a process, which serves one client at a time: tools
 * and administrators tell by it which lines belong to one session. Here one process serves all, so
 * each session has a number of its own, which stands in the process's place.
 */
public final class MailLog {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);

  private static final ScopedValue<Long> SESSION = ScopedValue.newInstance();

  private final PrintStream out;
  private final Clock clock;
  private final String hostname;
  private final long pid = ProcessHandle.current().pid();
  private final AtomicLong lastSession = new AtomicLong(pid);

  /**
   * @param out where lines go, standard output as a rule
   * @param clock for the time at a line's start, in the clock's zone
   * @param hostname the machine's name at a line's start
   */
  public MailLog(PrintStream out, Clock clock, String hostname) {
    this.out = out;
    this.clock = clock;
    this.hostname = hostname;
  }

  /** The log's clock, whose time and zone the headers of mail share. */
  public Clock clock() {
    return clock;
  }

  /** Runs a session on the calling thread: what it logs has the number of the session. */
  void inSession(Runnable session) {
    ScopedValue.where(SESSION, lastSession.incrementAndGet()).run(session);
  }

  /** A line as it is. */
  public void info(String text) {
    line("smtpd", SESSION.orElse(pid), text);
  }

  /** A line that asks for the administrator's attention. */
  public void warning(String text) {
    info("warning: " + text);
  }

  /** A warning of what Postfix's master(8) watches over: the server as a whole. */
  public void masterWarning(String text) {
    line("master", pid, "warning: " + text);
  }

  private void line(String program, long number, String text) {
    String time = TIME.format(clock.instant().atZone(clock.getZone()));
    out.println(
        "%s %s postfix/%s[%d]: %s".formatted(time, hostname, program, number, printable(text)));
  }

  /**
   * Postfix's printable(3): what clients say stands in the log, and no control character of theirs
   * may move a cursor or begin a line.
   */
  private static String printable(String text) {
    var shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.toString();
  }
}
