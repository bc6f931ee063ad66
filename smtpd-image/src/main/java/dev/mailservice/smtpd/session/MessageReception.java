package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.RejectLog;
import dev.mailservice.smtpd.access.SessionRestrictions;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.protocol.SmtpProtocol.ChunkOutcome;
import dev.mailservice.smtpd.protocol.Step;
import dev.mailservice.smtpd.trace.Received;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A message's content, by DATA or by BDAT: from the command that brings it to the one reply that
 * says what became of it.
 */
final class MessageReception {
  private static final Reply TOO_LARGE = Reply.of("552 5.3.4 Error: message file too big");
  private static final Reply TOO_MANY_HOPS = Reply.of("554 5.4.0 Error: too many hops");

  private final SessionContext context;
  private final ClientConnection client;
  private final SessionRestrictions restrictions;
  private final SessionIdentity identity;
  private final SmtpProtocol protocol;
  private final SessionLog log;
  private final MailTransaction transaction;
  private final MessageIntake intake;
  private final Supplier<BareNewlines> bareNewlines;
  private String place = "";

  MessageReception(
      SessionContext context,
      MailTransaction transaction,
      MessageIntake intake,
      Supplier<BareNewlines> bareNewlines) {
    this.context = context;
    this.client = context.client();
    this.restrictions = context.restrictions();
    this.identity = context.identity();
    this.protocol = context.protocol();
    this.log = context.log();
    this.transaction = transaction;
    this.intake = intake;
    this.bareNewlines = bareNewlines;
  }

  /** How far it has come, as Postfix's log names it; nothing outside of a message. */
  Optional<String> place() {
    return Optional.of(place).filter(it -> !it.isEmpty());
  }

  /** DATA. */
  Reply data(Step.Envelope envelope) throws IOException {
    Optional<Reply> refusal = restrictions.data(ofMessage("DATA")).or(() -> begin(envelope));
    if (refusal.isPresent()) {
      protocol.contentRefused();
      return refusal.get();
    }
    client.say(Reply.of("354 End data with <CR><LF>.<CR><LF>"));
    client.flush();
    client.beginRequest(true);
    place = "DATA";
    intake.readToFinalDot();
    place = "";
    Ending ending = finish(envelope);
    if (ending.refusedAsAWhole()) {
      protocol.contentRefusedAsAWhole();
    } else {
      protocol.contentAnswered(ending.reply());
    }
    return ending.reply();
  }

  private Optional<Reply> begin(Step.Envelope envelope) {
    List<String> headers = new ArrayList<>(restrictions.prepended());
    if (!identity.isForwarded()) {
      headers.addAll(receivedHeader(envelope));
    }
    return intake.begin(
        headers,
        new MessageIntake.Limits(
            context.settings().protocol().limits().messageSize(),
            context.settings().hopcountLimit()),
        bareNewlines.get());
  }

  private List<String> receivedHeader(Step.Envelope envelope) {
    var greeting = protocol.greeting();
    return new Received(
            identity.client(),
            identity.tls(),
            identity.login(),
            greeting.name(),
            greeting.protocol(),
            envelope.smtpUtf8(),
            envelope.recipients(),
            ZonedDateTime.now(context.services().log().clock()))
        .lines(context.settings().trace());
  }

  /** BDAT, RFC 3030. */
  Reply chunk(Step.Chunk chunk) throws IOException {
    Optional<Reply> refusal = Optional.empty();
    if (chunk.first()) {
      refusal = restrictions.data(ofMessage("BDAT")).or(() -> begin(chunk.envelope()));
    }
    refusal = refusal.or(() -> tooLarge(chunk));
    if (refusal.isPresent()) {
      skip(chunk.size());
      if (chunk.last()) {
        transaction.abandon();
      }
      protocol.chunkAnswered(chunk, ChunkOutcome.SKIPPED, refusal.get());
      return refusal.get();
    }
    return takeChunk(chunk);
  }

  private Optional<Reply> tooLarge(Step.Chunk chunk) {
    long limit = context.settings().protocol().limits().messageSize();
    if (limit == 0 || intake.size() <= limit - chunk.size()) {
      return Optional.empty();
    }
    log.warning(
        "NOQUEUE: BDAT request from %s exceeds message size limit".formatted(identity.client()));
    return Optional.of(Reply.of("552 5.3.4 Chunk exceeds message size limit"));
  }

  private Reply takeChunk(Step.Chunk chunk) throws IOException {
    client.beginRequest(true);
    place = "BDAT";
    intake.readChunk(chunk.size(), chunk.last());
    place = "";
    if (!chunk.last() && intake.message().isGood()) {
      Reply reply = Reply.of("250 2.0.0 Ok: %d bytes".formatted(chunk.size()));
      protocol.chunkAnswered(chunk, ChunkOutcome.TAKEN, reply);
      return reply;
    }
    Ending ending = finish(chunk.envelope());
    protocol.chunkAnswered(
        chunk,
        ending.refusedAsAWhole() ? ChunkOutcome.REFUSED_AS_A_WHOLE : ChunkOutcome.MESSAGE_OVER,
        ending.reply());
    return ending.reply();
  }

  /** Reads past a chunk that nobody wants. */
  void skip(long size) throws IOException {
    client.beginRequest(true);
    long left = size;
    while (left > 0) {
      if (!client.awaitInput()) {
        throw new ClientGoneException();
      }
      int count = (int) Math.min(left, client.buffered());
      client.use(count);
      left -= count;
    }
  }

  /**
   * What became of a message.
   *
   * @param refusedAsAWhole whether a restriction refused it: its envelope stays, as in Postfix, but
   *     takes no more recipients
   */
  private record Ending(Reply reply, boolean refusedAsAWhole) {}

  /** Says what became of a message that was read to its end. */
  private Ending finish(Step.Envelope envelope) {
    MessageWriter message = intake.message();
    Inquiry inquiry = ofMessage("END-OF-MESSAGE").withSize(message.size());
    Optional<Reply> refusal = message.isGood() ? restrictions.endOfData(inquiry) : Optional.empty();
    if (refusal.isPresent()) {
      context.services().events().refused(refusal.get().code());
      intake.forfeit();
      return new Ending(refusal.get(), true);
    }
    Reply reply = outcome(message, inquiry);
    logOutcome(inquiry, envelope, reply);
    transaction.abandon();
    return new Ending(reply, false);
  }

  private Reply outcome(MessageWriter message, Inquiry inquiry) {
    if (message.hasBareNewline()) {
      return BareNewline.refuse(context, inquiry);
    }
    if (message.isTooLarge()) {
      log.warning("NOQUEUE: queue file size limit exceeded");
      return TOO_LARGE;
    }
    if (intake.isGoingInCircles()) {
      log.warning("NOQUEUE: message rejected: hopcount exceeded");
      return TOO_MANY_HOPS;
    }
    return intake.end();
  }

  private void logOutcome(Inquiry inquiry, Step.Envelope envelope, Reply reply) {
    boolean accepted = reply.isPositive();
    if (accepted) {
      context.services().events().messageAccepted();
    } else {
      context.services().events().refused(reply.code());
    }
    Inquiry whole = inquiry.withRecipient(envelope.recipients().getFirst());
    String text =
        (accepted ? "proxy-accept" : "proxy-reject")
            + ": END-OF-MESSAGE: "
            + reply
            + ";"
            + RejectLog.who(whole);
    LogEvent event = accepted ? LogEvent.ACCEPT : LogEvent.REJECT;
    log.info(
        RejectLog.told(RejectLog.about(event, text, whole), reply)
            .with(LogField.SIZE, inquiry.size()));
  }

  /** About a message as a whole: its recipient is named where there is only one. */
  private Inquiry ofMessage(String command) {
    List<String> recipients = protocol.envelope().map(Step.Envelope::recipients).orElse(List.of());
    Inquiry inquiry = context.inquiry(command);
    return recipients.size() == 1 ? inquiry.withRecipient(recipients.getFirst()) : inquiry;
  }
}
