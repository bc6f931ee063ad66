package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.ReplyAttributes;
import dev.mailservice.smtpd.log.SyslogTime;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.Optional;

/** What the client is told, with {@code smtpd_reject_footer} and at Postfix's pace. */
final class ClientReplies {
  private final SessionContext context;

  ClientReplies(SessionContext context) {
    this.context = context;
  }

  /** Says it, after a while where the client has made too many errors. */
  void say(Reply reply) throws IOException {
    slowDown();
    context
        .client()
        .say(context.settings().footer().append(reply, this::attribute, context.log()::warning));
  }

  /** What a footer may show. */
  private Optional<String> attribute(String name) {
    return switch (name) {
      case "server_name" -> Optional.of(context.settings().protocol().hostname());
      case "localtime" ->
          Optional.of(SyslogTime.of(ZonedDateTime.now(context.services().log().clock())));
      default ->
          new ReplyAttributes(withFirstRecipient(context.inquiry("")), context.log()::warning)
              .value(name);
    };
  }

  private Inquiry withFirstRecipient(Inquiry inquiry) {
    return context
        .protocol()
        .envelope()
        .flatMap(it -> it.recipients().stream().findFirst())
        .map(inquiry::withRecipient)
        .orElse(inquiry);
  }

  /** Postfix waits before each reply to a client that has made too many errors. */
  private void slowDown() throws IOException {
    if (context.protocol().slowsDown()) {
      try {
        context.client().pause(context.settings().errorSleepTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      context.client().flush();
    }
  }
}
