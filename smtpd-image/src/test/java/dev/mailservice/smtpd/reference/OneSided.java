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
          // What is amiss with a configuration: this server says it once, when it starts, and
          // each of Postfix's processes before its first client. Its texts name files and lines.
          Pattern.compile("started: .*"),
          Pattern.compile("warning: -o: smtpd_tls_protocols: .*"),
          Pattern.compile("warning: No server certs available\\. TLS won't be enabled"),
          Pattern.compile("warning: Can't require client certs unless TLS is required"));

  private OneSided() {}

  static boolean is(String text) {
    return LINES.stream().anyMatch(it -> it.matcher(text).matches());
  }
}
