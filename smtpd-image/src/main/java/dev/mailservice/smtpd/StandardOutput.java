package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.ProcessParameters;
import dev.mailservice.smtpd.cli.MachineName;
import dev.mailservice.smtpd.log.LogFormat;
import dev.mailservice.smtpd.log.QueuedOutput;
import dev.mailservice.smtpd.session.MailLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.time.Duration;

/**
 * The mail log on standard output.
 *
 * @param mailLog the way in
 * @param output what waits to be written
 */
record StandardOutput(MailLog mailLog, QueuedOutput output) {
  /** Bytes that may wait for a reader that stalls: some ten thousand lines. */
  private static final int CAPACITY = 4 * 1024 * 1024;

  /** How long the end of the process waits for a reader. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  /** The log as this configuration wants it. */
  static StandardOutput logging(Configuration main) {
    LogFormat format = LogFormat.named(main.get(ProcessParameters.MAILLOG_FORMAT));
    var source =
        new MailLog.Source(MachineName.get(), main.get(MiscellaneousParameters.SYSLOG_NAME));
    Clock clock = Clock.systemDefaultZone();
    var unwritten = new MailLog(format, line -> {}, clock, source);
    var output =
        new QueuedOutput(
            new FileOutputStream(FileDescriptor.out),
            CAPACITY,
            missing ->
                unwritten.rendered(
                    "%d lines of this log are missing here: nobody has read it for too long"
                        .formatted(missing)));
    return new StandardOutput(new MailLog(format, output, clock, source), output);
  }

  /** Waits a moment for what was said last to be written. */
  void flush() {
    try {
      output.flush(LAST_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
