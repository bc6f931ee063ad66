package dev.mailservice.smtpd.reference;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that only one of both servers can log, as they are about its insides and not about a
 * client. All others have to be the same.
 */
final class OneSided {
  private static final List<Pattern> LINES =
      List.of(
          // This server's process starts before its first client.
          Pattern.compile("started: .*"));

  private OneSided() {}

  static boolean is(String text) {
    return LINES.stream().anyMatch(it -> it.matcher(text).matches());
  }
}
