package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.access.SessionRestrictions;
import dev.mailservice.smtpd.anvil.ClientConduct;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.protocol.Step;
import java.util.Optional;

/**
 * A message's envelope: who may send to whom, and what the next hop says to that. RFC 5321 section
 * 3.3.
 */
final class MailTransaction {
  private final SessionContext context;
  private final SessionRestrictions restrictions;
  private final SessionIdentity identity;
  private final SmtpProtocol protocol;
  private final SessionLog log;
  private final MessageIntake intake;

  MailTransaction(SessionContext context, MessageIntake intake) {
    this.context = context;
    this.restrictions = context.restrictions();
    this.identity = context.identity();
    this.protocol = context.protocol();
    this.log = context.log();
    this.intake = intake;
  }

  /** MAIL. */
  Reply sender(Step.Sender sender) {
    Inquiry inquiry =
        context.inquiry("MAIL").withSender(sender.address(), sender.size(), sender.smtpUtf8());
    Optional<Reply> refusal =
        context
            .conduct()
            .excess(ClientConduct::message)
            .or(() -> withoutMemory(inquiry))
            .or(() -> tooLarge(inquiry))
            .or(() -> verpOfNobody(sender))
            .or(() -> restrictions.sender(inquiry));
    Optional<Reply> why = refusal.or(() -> beginMessage(inquiry));
    Reply reply = protocol.senderAnswered(sender, why, () -> openEarly(sender, inquiry));
    if (!reply.isPositive()) {
      restrictions.endTransaction();
    }
    return reply;
  }

  private Optional<Reply> beginMessage(Inquiry inquiry) {
    try {
      boolean local =
          context
              .settings()
              .rewriteClients()
              .contain(identity.client(), identity.login(), identity.tls());
      identity.beginMessage(context.services().messageNames().next(), inquiry.size(), local);
      return Optional.empty();
    } catch (LookupFailure e) {
      Reply reply = Reply.of("451 4.3.0 Temporary lookup error");
      log.warning(String.valueOf(e.getMessage()));
      log.info(RejectLog.reject(inquiry, reply));
      return Optional.of(reply);
    }
  }

  private Optional<Reply> openEarly(Step.Sender sender, Inquiry inquiry) {
    return context.settings().opensEarly()
        ? open(sender.address(), sender.line(), Optional.empty(), inquiry)
        : Optional.empty();
  }

  /** A message that has its recipients is finished; no more is begun, nor made larger. */
  private Optional<Reply> withoutMemory(Inquiry inquiry) {
    if (!context.services().memory().isShort()) {
      return Optional.empty();
    }
    context.services().memory().refused();
    log.info(RejectLog.reject(inquiry, MemoryShortage.MESSAGE));
    return Optional.of(MemoryShortage.MESSAGE);
  }

  private Optional<Reply> tooLarge(Inquiry inquiry) {
    long limit = context.settings().protocol().limits().messageSize();
    if (limit == 0 || inquiry.size() <= limit) {
      return Optional.empty();
    }
    Reply reply = Reply.of("552 5.3.4 Message size exceeds fixed limit");
    log.info(RejectLog.reject(inquiry, reply));
    return Optional.of(reply);
  }

  private static Optional<Reply> verpOfNobody(Step.Sender sender) {
    return sender.verp() && sender.address().isEmpty()
        ? Optional.of(Reply.of("503 5.5.4 Error: XVERP requires non-null sender"))
        : Optional.empty();
  }

  /** RCPT. */
  Reply recipient(Step.Recipient recipient) {
    Inquiry inquiry = context.inquiry("RCPT").withRecipient(recipient.address());
    Optional<Reply> refusal =
        context
            .conduct()
            .excess(ClientConduct::recipient)
            .or(() -> withoutMemory(inquiry))
            .or(() -> restrictions.recipient(inquiry));
    Reply reply = refusal.orElseGet(() -> handOn(recipient, inquiry));
    if (!reply.isPositive()) {
      context.services().events().refused(reply.code());
      if (refusal.isEmpty() && context.services().delivery().isLast()) {
        log.info(RejectLog.reject(inquiry, reply));
      }
    }
    protocol.recipientAnswered(recipient.address(), reply);
    return reply;
  }

  private Reply handOn(Step.Recipient recipient, Inquiry inquiry) {
    if (!intake.isOpen() && !intake.isBroken()) {
      Step.Envelope envelope = protocol.envelope().orElseThrow();
      Optional<Reply> refusal =
          open(envelope.sender(), envelope.senderLine(), Optional.of(recipient.line()), inquiry);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return intake.recipient(recipient);
  }

  private Optional<Reply> open(
      String sender, String line, Optional<String> firstRecipient, Inquiry inquiry) {
    Optional<Reply> refusal =
        intake.open(
            sender,
            line,
            firstRecipient,
            identity.origin(protocol.greeting()),
            context.settings().nextHopPatience());
    if (refusal.isEmpty()) {
      String text = "NOQUEUE: client=" + identity.client() + login() + identity.forwardedFor();
      log.info(RejectLog.about(LogEvent.TRANSACTION, text, inquiry));
    }
    return refusal;
  }

  private String login() {
    return identity
        .login()
        .map(it -> ", sasl_method=%s, sasl_username=%s".formatted(it.method(), it.username()))
        .orElse("");
  }

  /** Forgets the message, and what was said of it. */
  void abandon() {
    intake.abandon();
    restrictions.endTransaction();
    identity.forgetForwarded();
  }
}
