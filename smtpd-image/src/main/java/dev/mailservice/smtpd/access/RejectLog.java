package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LocalPart;
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
    return part("from", inquiry.sender().map(RejectLog::external))
        + part("to", inquiry.recipient().map(RejectLog::external))
        + " proto="
        + inquiry.protocol()
        + part("helo", inquiry.helo())
        + inquiry.login().map(it -> " sasl_username=<" + it.username() + ">").orElse("");
  }

  /** As in mail, with quotes where they have to be: {@code info_log_address_format = external}. */
  private static String external(String address) {
    return address.isEmpty() ? address : LocalPart.quoteAddress(address);
  }

  private static String part(String name, Optional<String> value) {
    return value.map(it -> " %s=<%s>".formatted(name, it)).orElse("");
  }
}
