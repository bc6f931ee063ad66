package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LocalPart;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log lines of refusals, which Postfix's tools read: {@code NOQUEUE: reject: RCPT from …}. */
public final class RejectLog {
  private static final Pattern STATUS =
      Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3}) (.*)", Pattern.DOTALL);

  private RejectLog() {}

  /** The line of a refusal. */
  public static LogText reject(Inquiry inquiry, Reply reply) {
    return told(line(LogEvent.REJECT, "reject", inquiry, reply.toString()), reply);
  }

  /** The line of what would have been a refusal without {@code warn_if_reject}. */
  static LogText warn(Inquiry inquiry, Reply reply) {
    return told(line(LogEvent.REJECT_WARNING, "reject_warning", inquiry, reply.toString()), reply);
  }

  /**
   * The line that an access table asks for.
   *
   * @param what {@code warn} or {@code info}
   */
  static LogText note(String what, Inquiry inquiry, String text) {
    return line(LogEvent.NOTE, what, inquiry, text);
  }

  private static LogText line(LogEvent event, String what, Inquiry inquiry, String text) {
    return about(
        event,
        "NOQUEUE: %s: %s from %s: %s;%s"
            .formatted(what, inquiry.command(), inquiry.client(), text, who(inquiry)),
        inquiry);
  }

  /** A line with what is known of the message. */
  public static LogText about(LogEvent event, String text, Inquiry inquiry) {
    return LogText.of(event, text)
        .with(LogField.COMMAND, inquiry.command())
        .with(LogField.FROM, inquiry.sender())
        .with(LogField.TO, inquiry.recipient())
        .with(LogField.PROTO, inquiry.protocol())
        .with(LogField.HELO, inquiry.helo())
        .with(LogField.SASL_METHOD, inquiry.login().map(Login::method))
        .with(LogField.SASL_USERNAME, inquiry.login().map(Login::username));
  }

  /** A line with what the client was told. */
  public static LogText told(LogText text, Reply reply) {
    Matcher last = STATUS.matcher(reply.lines().getLast());
    LogText told = text.with(LogField.REPLY_CODE, reply.code());
    return last.matches()
        ? told.with(LogField.REPLY_STATUS, last.group(1)).with(LogField.REPLY_TEXT, last.group(2))
        : told.with(LogField.REPLY_TEXT, reply.lines().getLast());
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
    return value.map(it -> " " + name + "=<" + it + ">").orElse("");
  }
}
