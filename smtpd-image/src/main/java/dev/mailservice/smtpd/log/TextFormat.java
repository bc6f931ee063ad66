package dev.mailservice.smtpd.log;

import java.nio.charset.StandardCharsets;

/** A line as in the file of Postfix's {@code maillog_file}, postlogd(8). */
final class TextFormat implements LogFormat {
  @Override
  public byte[] render(LogLine line) {
    String text =
        SyslogTime.of(line.time())
            + " "
            + line.host()
            + " "
            + line.program()
            + "["
            + line.session().orElse(line.pid())
            + "]: "
            + line.message();
    return (Printable.of(text) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
