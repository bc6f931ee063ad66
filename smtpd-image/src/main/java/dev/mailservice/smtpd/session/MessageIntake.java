package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.Step;
import dev.mailservice.smtpd.trace.HopCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session's way to its deliveries: opens one with the first recipient, fills it with the
 * message and says what became of it. What fails there is told to the client in Postfix's words,
 * and to the administrator with its cause.
 */
final class MessageIntake {
  /** Postfix's word for a delivery that fails, cleanup_strerror(3). */
  private static final Reply WRITE_ERROR = Reply.of("451 4.3.0 Error: queue file write error");

  private final Delivery delivery;
  private final ClientConnection client;
  private final SessionLog log;
  private final Events events;

  /** Written by the session's thread alone, and looked at by the one that looks for the slow. */
  private volatile @Nullable DeliveryTransaction transaction;

  private @Nullable MessageWriter writer;
  private @Nullable LineReader reader;

  private @Nullable HopCount hops;
  private boolean broken;

  /**
   * What a message may be.
   *
   * @param size bytes; 0 for no limit
   * @param hops {@code hopcount_limit}
   */
  record Limits(long size, int hops) {}

  MessageIntake(Delivery delivery, ClientConnection client, SessionLog log, Events events) {
    this.delivery = delivery;
    this.client = client;
    this.log = log;
    this.events = events;
  }

  /** Whether a message is on its way. For any thread. */
  boolean isOpen() {
    return transaction != null;
  }

  /** Whether it takes room that the messages of others may be waiting for. For any thread. */
  boolean holdsRoom() {
    DeliveryTransaction open = transaction;
    return open != null && open.holdsRoom();
  }

  /** Lets go of a delivery that takes no more of a message. For any thread. */
  void cutIfStalled(long now) {
    DeliveryTransaction open = transaction;
    if (open != null && open.isStalled(now)) {
      open.cut();
    }
  }

  /**
   * Asks the delivery to take a sender's message.
   *
   * @param firstRecipient the RCPT command of whom {@link #recipient} will be asked about next;
   *     empty if nobody is known yet
   * @param patience how long to wait for a delivery to have room
   * @return why it does not; empty if it does
   */
  Optional<Reply> open(
      String sender,
      String senderLine,
      Optional<String> firstRecipient,
      Origin origin,
      Duration patience) {
    try {
      DeliveryTransaction open = delivery.open(origin, patience);
      transaction = open;
      open.watched();
      firstRecipient.ifPresent(open::announce);
      Reply reply = open.mail(sender, senderLine);
      if (!reply.isPositive()) {
        abandon();
        return Optional.of(reply);
      }
      return Optional.empty();
    } catch (IOException e) {
      Reply reply = writeError(e);
      abandon();
      return Optional.of(reply);
    }
  }

  /**
   * Whether recipients that were taken have no delivery any more, so that nothing can be added to
   * the message.
   */
  boolean isBroken() {
    return broken;
  }

  /**
   * Hands on a recipient of the message that was opened.
   *
   * @return what the client is told
   */
  Reply recipient(Step.Recipient recipient) {
    DeliveryTransaction open = transaction;
    if (open == null) {
      return WRITE_ERROR;
    }
    try {
      return open.rcpt(recipient.address(), recipient.line());
    } catch (IOException e) {
      return failed(e);
    }
  }

  /**
   * Asks whether the message may come, and begins it.
   *
   * @param headers lines that stand before the client's, without line ends
   * @return the refusal; empty if the message may come
   */
  Optional<Reply> begin(List<String> headers, Limits limits, BareNewlines bareNewlines) {
    DeliveryTransaction open = transaction;
    if (open == null) {
      return Optional.of(WRITE_ERROR);
    }
    HopCount out;
    try {
      Optional<Reply> refusal = open.data();
      if (refusal.isPresent()) {
        return refusal;
      }
      out = new HopCount(open.content(), limits.hops());
      for (String header : headers) {
        out.write((header + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      return Optional.of(failed(e));
    }
    hops = out;
    var lines = new MessageWriter(out, limits.size());
    writer = lines;
    reader = new LineReader(client, lines, bareNewlines);
    return Optional.empty();
  }

  /** Reads up to the final dot. */
  void readToFinalDot() throws IOException {
    begun(reader).readToFinalDot();
    requireToAnswer();
  }

  /** Reads one chunk. */
  void readChunk(long size, boolean last) throws IOException {
    begun(reader).readChunk(size, last);
    if (last) {
      requireToAnswer();
    }
  }

  private void requireToAnswer() throws ClientGoneException {
    if (!client.patience().answerDue()) {
      throw new ClientGoneException();
    }
  }

  /**
   * Whether the client has sent all of a message and not been sent the answer: it does not know who
   * is responsible for it, RFC 5321 section 4.2.5. For any thread.
   */
  boolean owesAnswer() {
    return client.patience().isAnswerDue();
  }

  /** The answer has been sent. */
  void answered() {
    client.patience().answered();
  }

  /** What was read of the message so far. */
  MessageWriter message() {
    return begun(writer);
  }

  /** Whether the message has been at too many hops. */
  boolean isGoingInCircles() {
    return begun(hops).isExceeded();
  }

  /** Bytes of the message so far; 0 if none has begun. */
  long size() {
    MessageWriter lines = writer;
    return lines == null ? 0 : lines.size();
  }

  private static <T> T begun(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("no message has begun");
    }
    return part;
  }

  /**
   * Ends the message; what the delivery says of it is what the client is told, and nothing else.
   */
  Reply end() {
    DeliveryTransaction open = begun(transaction);
    try {
      return open.end();
    } catch (IOException e) {
      return writeError(e);
    } finally {
      abandon();
    }
  }

  private Reply failed(IOException cause) {
    Reply reply = writeError(cause);
    forfeit();
    return reply;
  }

  private Reply writeError(IOException cause) {
    log.warning(String.valueOf(cause.getMessage()));
    events.nextHopFailed();
    return WRITE_ERROR;
  }

  /**
   * Lets go of the delivery, while the client's envelope stays. The recipients that were taken are
   * lost, and no others may be taken in their place before {@link #abandon}: a message that only
   * these got would be acknowledged for all.
   */
  void forfeit() {
    abandon();
    broken = true;
  }

  /** Forgets the message, if one is open. */
  void abandon() {
    DeliveryTransaction open = transaction;
    broken = false;
    transaction = null;
    writer = null;
    reader = null;
    hops = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.warning("%s: close: %s".formatted(delivery.description(), e.getMessage()));
      }
    }
  }
}
