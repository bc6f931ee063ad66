package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.anvil.ClientConduct;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.Step;
import dev.mailservice.smtpd.sasl.Authentication.Result;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How a client logs in: what it is offered, and what is asked of it. RFC 4954. */
final class SaslDialogue {
  private final SessionContext context;
  private final SessionIdentity identity;
  private final SessionLog log;
  private final ClientReplies replies;
  private List<String> mechanisms = List.of();

  SaslDialogue(SessionContext context, ClientReplies replies) {
    this.context = context;
    this.identity = context.identity();
    this.log = context.log();
    this.replies = replies;
  }

  /** What the client was last offered. */
  List<String> mechanisms() {
    return mechanisms;
  }

  /** AUTH, RFC 4954. */
  Reply auth(Step.Auth auth) throws IOException {
    Optional<Reply> excess = context.conduct().excess(ClientConduct::auth);
    Reply reply = excess.isPresent() ? excess.get() : logIn(auth);
    context.protocol().answered(reply);
    return reply;
  }

  private Reply logIn(Step.Auth auth) throws IOException {
    try {
      Optional<Result> result =
          context
              .settings()
              .authentication()
              .authenticate(
                  identity.client(),
                  identity.tls().isPresent(),
                  auth.mechanism(),
                  auth.initialResponse(),
                  this::challenge);
      return result.map(it -> answer(auth, it)).orElseGet(() -> aborted(auth));
    } catch (ResponseTooLongException e) {
      return Reply.of("500 5.5.6 SASL response limit exceeded");
    }
  }

  private Optional<String> challenge(String text) throws IOException {
    replies.say(Reply.of("334 " + text));
    int limit = context.settings().authentication().settings().responseLimit();
    CommandLine line = context.readCommand(limit);
    if (line.text().length() >= limit) {
      throw new ResponseTooLongException();
    }
    return line.text().equals("*") ? Optional.empty() : Optional.of(line.text());
  }

  private Reply aborted(Step.Auth auth) {
    log.warning(
        "%s: SASL %.100s authentication aborted".formatted(identity.client(), auth.mechanism()));
    return Reply.of("501 5.7.0 Authentication aborted");
  }

  private Reply answer(Step.Auth auth, Result result) {
    return switch (result) {
      case Result.Challenge it -> throw new IllegalStateException("not answered");
      case Result.Success(Login login) -> {
        identity.loggedIn(login);
        context.protocol().authenticated(true);
        yield Reply.of("235 2.7.0 Authentication successful");
      }
      case Result.Failure(
              String reason,
              boolean temporary,
              Optional<String> username,
              Optional<String> cause) -> {
        cause.ifPresent(log::warning);
        String why = reason.isEmpty() ? "(reason unavailable)" : reason;
        String text =
            "%s: SASL %.100s authentication failed: %s, sasl_username=%.100s"
                .formatted(
                    identity.client(), auth.mechanism(), why, username.orElse("(unavailable)"));
        log.warning(
            LogText.of(LogEvent.LOGIN_FAILED, text)
                .with(LogField.SASL_METHOD, auth.mechanism())
                .with(LogField.SASL_USERNAME, username));
        yield Reply.of(
            (temporary
                    ? "454 4.7.0 Temporary authentication failure: "
                    : "535 5.7.8 Error: authentication failed: ")
                + why);
      }
    };
  }

  /** Asked for when there is somebody to be told, since it takes a question to the service. */
  void askForMechanisms() {
    boolean secured = identity.tls().isPresent();
    mechanisms = List.of();
    if (context.settings().authentication().isEnabled(secured)) {
      try {
        mechanisms = context.settings().authentication().mechanisms(secured);
      } catch (IOException e) {
        log.warning(String.valueOf(e.getMessage()));
      }
    }
  }
}
