package dev.mailservice.smtpd.log;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A line as in the file of Postfix's {@code maillog_file}, postlogd(8). */
final class TextFormat implements LogFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);

  @Override
  public byte[] render(LogLine line) {
    String text =
        "%s %s %s[%d]: %s"
            .formatted(
                TIME.format(line.time()),
                line.host(),
                line.program(),
                line.session().orElse(line.pid()),
                line.message());
    return (Printable.of(text) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
