package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.protocol.Reply;
import java.util.Optional;

/** The log lines of refusals, which Postfix's tools read: {@code NOQUEUE: reject: RCPT from …}. */
public final class RejectLog {
  private RejectLog() {}

  /** The line of a refusal. */
  public static String reject(Inquiry inquiry, Reply reply) {
    return line("reject", inquiry, reply.toString());
  }

  /**
   * The line of something that a restriction does.
   *
   * @param what {@code reject}, {@code reject_warning}, {@code warn}, {@code info}…
   */
  static String line(String what, Inquiry inquiry, String text) {
    return "NOQUEUE: %s: %s from %s: %s;%s"
        .formatted(what, inquiry.command(), inquiry.client(), text, who(inquiry));
  }

  /**
   * What is known of the message, as log lines end: {@code from=<a> to=<b> proto=SMTP helo=<c>}.
   */
  public static String who(Inquiry inquiry) {
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
