package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.log.LogFormat;
import dev.mailservice.smtpd.log.LogLine;
import dev.mailservice.smtpd.log.LogLine.Level;
import dev.mailservice.smtpd.log.LogOutput;
import dev.mailservice.smtpd.log.LogText;
import java.io.PrintStream;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The mail log, one line an event, in the wording of Postfix's, so that tools that read Postfix's
 * log read this one. Safe for use by several threads.
 *
 * <p>In Postfix's log the number in brackets is a process, which serves one client at a time: tools
 * and administrators tell by it which lines belong to one session. Here one process serves all, so
 * each session has a number of its own, which stands in the process's place.
 */
public final class MailLog {
  private static final ScopedValue<Long> SESSION = ScopedValue.newInstance();

  private final LogFormat format;
  private final LogOutput out;
  private final Clock clock;
  private final Source source;
  private final long pid = ProcessHandle.current().pid();
  private final AtomicLong lastSession = new AtomicLong(pid);

  /**
   * What stands at a line's start.
   *
   * @param host the machine's name
   * @param syslogName {@code syslog_name}
   */
  public record Source(String host, String syslogName) {}

  /**
   * @param format how lines look
   * @param out where they go
   * @param clock for the time of a line, in the clock's zone
   */
  public MailLog(LogFormat format, LogOutput out, Clock clock, Source source) {
    this.format = format;
    this.out = out;
    this.clock = clock;
    this.source = source;
  }

  /** A log of text that is written before a line's method returns. */
  public MailLog(PrintStream out, Clock clock, String hostname) {
    this(
        LogFormat.named("text"),
        line -> out.write(line, 0, line.length),
        clock,
        new Source(hostname, "postfix"));
  }

  /** The log's clock, whose time and zone the headers of mail share. */
  public Clock clock() {
    return clock;
  }

  /** How many lines were dropped since the start because nobody has read them. */
  public long dropped() {
    return out.dropped();
  }

  /** Runs a session on the calling thread: what it logs has the number of the session. */
  void inSession(Runnable session) {
    ScopedValue.where(SESSION, lastSession.incrementAndGet()).run(session);
  }

  /**
   * What runs something on another thread as if it ran in the calling thread's session, by its
   * number in the log.
   */
  Consumer<Runnable> thisSession() {
    ScopedValue.Carrier session = ScopedValue.where(SESSION, SESSION.get());
    return session::run;
  }

  /** A line as it is. */
  public void info(String text) {
    info(LogText.of(text));
  }

  /** A line with what programs may know of it. */
  public void info(LogText text) {
    out.write(line("smtpd", Level.INFO, text));
  }

  /** A line that asks for the administrator's attention. */
  public void warning(String text) {
    warning(LogText.of(text));
  }

  /** Such a line with what programs may know of it. */
  public void warning(LogText text) {
    out.write(line("smtpd", Level.WARNING, text));
  }

  /** A warning of what Postfix's master(8) watches over: the server as a whole. */
  public void masterWarning(LogText text) {
    out.write(line("master", Level.WARNING, text));
  }

  /** A warning as it would be written. */
  public byte[] rendered(String warning) {
    return line("smtpd", Level.WARNING, LogText.of(warning));
  }

  private byte[] line(String program, Level level, LogText text) {
    boolean inSession = SESSION.isBound() && program.equals("smtpd");
    return format.render(
        new LogLine(
            clock.instant().atZone(clock.getZone()),
            source.host(),
            source.syslogName() + "/" + program,
            pid,
            inSession ? OptionalLong.of(SESSION.get()) : OptionalLong.empty(),
            level,
            text));
  }
}
