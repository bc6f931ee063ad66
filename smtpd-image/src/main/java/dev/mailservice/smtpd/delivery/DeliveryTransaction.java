package dev.mailservice.smtpd.delivery;

import dev.mailservice.smtpd.protocol.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One message on its way. Closing it before {@link #end} has returned leaves nothing behind. Used
 * by one thread, but for {@link #holdsRoom}, {@link #isStalled} and {@link #cut}.
 *
 * <p>A message of what is thrown is for the log, whole; the client is told {@code 451 4.3.0 Error:
 * queue file write error}. Once something was thrown every further call throws, too: recipients
 * that were accepted are lost, and a caller that opened another transaction for those to come would
 * deliver to some and acknowledge all.
 */
public interface DeliveryTransaction extends Closeable {
  /**
   * From now on somebody looks several times a second whether it {@link #isStalled}, so that what
   * waits in here needs no clock of its own.
   */
  default void watched() {}

  /**
   * The first recipient, for whom {@link #rcpt} will be called if {@link #mail} is positive: the
   * other side may be asked about both at once. To be said before {@link #mail}, or not at all.
   *
   * @param command the client's RCPT command, as in {@link #rcpt}
   */
  default void announce(String command) {}

  /**
   * Hands on the sender.
   *
   * @param address without angle brackets; empty for the null sender
   * @param command the client's MAIL command, without its line end; every char is a byte
   * @return what the client is told if it is negative; a positive one is not shown
   * @throws IOException if nobody answers
   */
  Reply mail(String address, String command) throws IOException;

  /**
   * Hands on a recipient.
   *
   * @param address without angle brackets
   * @param command the client's RCPT command, without its line end; every char is a byte
   * @return what the client is told
   * @throws IOException if nobody answers
   */
  Reply rcpt(String address, String command) throws IOException;

  /**
   * Asks whether the message may come.
   *
   * @return the refusal that the client is told; empty if {@link #content} takes the message
   * @throws IOException if nobody answers
   */
  Optional<Reply> data() throws IOException;

  /**
   * Where the message goes: lines that end in CR LF, without dot-stuffing and final dot. What it
   * throws says that the message can go nowhere; the client's is read to its end all the same, and
   * then {@link #end} knows whether there was a refusal to tell. Closing it does nothing.
   */
  OutputStream content();

  /**
   * Ends the message. After {@link #content} has thrown it delivers nothing.
   *
   * @return what became of it, for the client; 2xx means that this server may forget it
   * @throws IOException if nobody can tell: then nobody knows whether the message was taken
   */
  Reply end() throws IOException;

  /** Whether it takes room that other transactions may have to wait for. For any thread. */
  default boolean holdsRoom() {
    return false;
  }

  /** Whether the other side has taken or said nothing for too long. For any thread. */
  boolean isStalled(long nanoTime);

  /** Makes a thread that waits in here fail. For any thread. */
  void cut();
}
