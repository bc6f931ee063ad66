package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.Greeting;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** The Received header, RFC 5321 section 4.4, in Postfix's form; it has no queue, hence no id. */
final class TraceHeader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private TraceHeader() {}

  static String received(
      InetAddress client,
      Greeting greeting,
      String hostname,
      String mailName,
      List<String> recipients,
      ZonedDateTime now) {
    String helo = greeting.name().isEmpty() ? "unknown" : greeting.name();
    String zone = now.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    String date = "%s (%s)".formatted(DATE.format(now), zone.equals("Z") ? "UTC" : zone);
    String forWhom =
        recipients.size() == 1 ? "\r\n\tfor <%s>".formatted(recipients.getFirst()) : "";
    return "Received: from %s (unknown [%s%s])\r\n\tby %s (%s) with %s%s; %s\r\n"
        .formatted(
            helo,
            client instanceof Inet6Address ? "IPv6:" : "",
            client.getHostAddress(),
            hostname,
            mailName,
            greeting.protocol(),
            forWhom,
            date);
  }
}
