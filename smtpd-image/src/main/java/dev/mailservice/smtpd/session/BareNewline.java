package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.protocol.Reply;

/** A line of the client's that ends in a newline alone, where that is refused. */
final class BareNewline {
  private BareNewline() {}

  /** Refuses what has one; {@code inquiry} says where. */
  static Reply refuse(SessionContext context, Inquiry inquiry) {
    Reply reply =
        Reply.of(
            "%d 5.5.2 %s Error: bare <LF> received"
                .formatted(
                    context.settings().bareNewlineCode(),
                    context.settings().protocol().hostname()));
    String text =
        "NOQUEUE: reject: %s from %s: bare <LF> received;%s"
            .formatted(inquiry.command(), inquiry.client(), RejectLog.who(inquiry));
    context.log().info(RejectLog.told(RejectLog.about(LogEvent.REJECT, text, inquiry), reply));
    return reply;
  }
}
