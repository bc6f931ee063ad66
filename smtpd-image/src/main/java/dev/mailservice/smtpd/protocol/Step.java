package dev.mailservice.smtpd.protocol;

import java.util.List;

/** What a command asks of whoever drives the protocol. */
public sealed interface Step {
  /** Say this; hang up behind it if {@link Reply#closes()}. */
  record Answer(Reply reply) implements Step {}

  /**
   * The transaction is over without a message: forget what is open at the next hop, then answer.
   */
  record Abandon(Reply reply) implements Step {}

  /**
   * Ask whether this recipient may be accepted, then tell the answer to {@link
   * SmtpProtocol#recipientAnswered}.
   *
   * @param address the recipient without angle brackets
   * @param line the command as the client wrote it, for the next hop
   */
  record Recipient(String address, String line) implements Step {}

  /**
   * Ask for the message and take it, then tell the outcome to {@link SmtpProtocol#contentAnswered}.
   *
   * @param envelope whose message it is
   */
  record Content(Envelope envelope) implements Step {}

  /**
   * A transaction's envelope.
   *
   * @param sender the reverse path without angle brackets; empty for the null sender
   * @param senderLine the MAIL command as the client wrote it
   * @param recipients the accepted forward paths, in order
   */
  record Envelope(String sender, String senderLine, List<String> recipients) {}
}
