package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.Step;
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
    context.client().say(context.settings().footer().append(reply, this::attribute));
  }

  /** What a footer may show, as smtpd_reject_footer in postconf(5) lists it. */
  private Optional<String> attribute(String name) {
    Client who = context.identity().client();
    return switch (name) {
      case "server_name" -> Optional.of(context.settings().protocol().hostname());
      case "client" -> Optional.of(who.toString());
      case "client_address" -> Optional.of(who.address());
      case "client_port" -> Optional.of(who.port());
      case "client_name" -> Optional.of(who.name().text());
      case "reverse_client_name" -> Optional.of(who.reverseName().text());
      case "helo_name" -> Optional.of(context.protocol().greeting().name());
      case "sender" -> context.protocol().envelope().map(Step.Envelope::sender);
      case "recipient" ->
          context
              .protocol()
              .envelope()
              .map(Step.Envelope::recipients)
              .flatMap(it -> it.stream().findFirst());
      case "localtime" ->
          Optional.of(MailLog.TIME.format(ZonedDateTime.now(context.services().log().clock())));
      default -> {
        context.log().warning("unknown macro name \"%s\" in expansion request".formatted(name));
        yield Optional.empty();
      }
    };
  }

  /** Postfix waits before each reply to a client that has made too many errors. */
  private void slowDown() throws IOException {
    if (context.protocol().slowsDown()) {
      try {
        Thread.sleep(context.settings().errorSleepTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      context.client().flush();
    }
  }
}
