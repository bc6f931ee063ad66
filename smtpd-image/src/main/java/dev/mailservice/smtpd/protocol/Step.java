package dev.mailservice.smtpd.protocol;

import java.util.List;
import java.util.Optional;

/** What a command asks of whoever drives the protocol. */
public sealed interface Step {
  /** Say this. */
  record Answer(Reply reply) implements Step {}

  /** Say this and hang up. */
  record HangUp(Reply reply) implements Step {}

  /**
   * The transaction is over without a message: forget what is open at the next hop, then answer.
   */
  record Abandon(Reply reply) implements Step {}

  /**
   * Ask whether this greeting may be accepted, then tell {@link SmtpProtocol#greetingAnswered}.
   *
   * @param name the argument, fit to be shown
   * @param extended whether it is EHLO
   */
  record Greet(String name, boolean extended) implements Step {}

  /**
   * Ask whether this sender may be accepted, then tell {@link SmtpProtocol#senderAnswered}.
   *
   * @param address the sender without angle brackets; empty for the null sender
   * @param size what SIZE declared, bytes; 0 if it did not
   * @param smtpUtf8 whether SMTPUTF8 was declared
   * @param verp whether the sender's address is to carry the recipient's
   * @param line the command as the client wrote it, for the next hop
   */
  record Sender(String address, long size, boolean smtpUtf8, boolean verp, String line)
      implements Step {}

  /**
   * Ask whether this recipient may be accepted, then tell {@link SmtpProtocol#recipientAnswered}.
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
   * Read a chunk, RFC 3030, and take it as a part of the message, then tell {@link
   * SmtpProtocol#chunkAnswered}.
   *
   * @param envelope whose message it is
   * @param size bytes
   * @param first whether the message begins with it
   * @param last whether it ends with it
   */
  record Chunk(Envelope envelope, long size, boolean first, boolean last) implements Step {}

  /**
   * Read a chunk and forget it, then answer: the client has sent it with the command.
   *
   * @param abandons whether the transaction is over with it
   */
  record SkipChunk(long size, Reply reply, boolean abandons) implements Step {}

  /**
   * Ask whether this address may be verified, then tell {@link SmtpProtocol#answered}.
   *
   * @param address without angle brackets
   * @param argument as the client wrote it
   * @param smtpUtf8 whether SMTPUTF8 was declared
   */
  record Verify(String address, String argument, boolean smtpUtf8) implements Step {}

  /** Ask whether mail for a domain may be asked for, then tell {@link SmtpProtocol#answered}. */
  record Etrn(String domain) implements Step {}

  /** Begin TLS, then tell {@link SmtpProtocol#startTlsAnswered}. */
  record StartTls() implements Step {}

  /**
   * Authenticate the client, then tell {@link SmtpProtocol#answered}.
   *
   * @param mechanism as the client wrote it
   * @param initialResponse base64, or {@code =} for an empty one, RFC 4954 section 4
   */
  record Auth(String mechanism, Optional<String> initialResponse) implements Step {}

  /**
   * One recipient more than allowed.
   *
   * @param forgiven whether it counts as no error, {@code smtpd_recipient_overshoot_limit}
   */
  record Overshoot(Reply reply, boolean forgiven) implements Step {}

  /** The client stands for another, whose session begins anew. */
  record Xclient(ClientAttributes attributes) implements Step {}

  /** The client hands on what another server knows of the message's origin. */
  record Xforward(ClientAttributes attributes) implements Step {}

  /**
   * A transaction's envelope.
   *
   * @param sender the reverse path without angle brackets; empty for the null sender
   * @param senderLine the MAIL command as the client wrote it
   * @param recipients the accepted forward paths, in order
   * @param smtpUtf8 whether MAIL declared SMTPUTF8
   */
  record Envelope(String sender, String senderLine, List<String> recipients, boolean smtpUtf8) {}
}
