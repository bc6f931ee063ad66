package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.Optional;

/** The log lines of refusals, which Postfix's tools read: {@code NOQUEUE: reject: RCPT from …}. */
final class RejectLog {
  private RejectLog() {}

  static String reject(Inquiry inquiry, Reply reply) {
    return "NOQUEUE: reject: %s from %s: %s;%s"
        .formatted(inquiry.command(), inquiry.client(), reply, who(inquiry));
  }

  /**
   * What is known of the message, as log lines end: {@code from=<a> to=<b> proto=SMTP helo=<c>}.
   */
  static String who(Inquiry inquiry) {
    return part("from", inquiry.sender())
        + part("to", inquiry.recipient())
        + " proto="
        + inquiry.protocol()
        + part("helo", inquiry.helo())
        + inquiry.login().map(it -> " sasl_username=<" + it.username() + ">").orElse("");
  }

  private static String part(String name, Optional<String> value) {
    return value.map(it -> " %s=<%s>".formatted(name, it)).orElse("");
  }
}
