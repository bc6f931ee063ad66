package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.MailDialogue;
import dev.mailservice.e2e.smtp.Message;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A client with one real mail to hand over and a limited patience. */
final class GoodClient {
  private static final String NAME = "client.example.net";

  private final InetSocketAddress target;
  private final Duration patience;
  private final Consumer<Reply> onGreeting;

  GoodClient(InetSocketAddress target, Duration patience, Consumer<Reply> onGreeting) {
    this.target = target;
    this.patience = patience;
    this.onGreeting = onGreeting;
  }

  /**
   * Tries once, until the patience ends.
   *
   * @param intendedAt when the mail was meant to be sent, a value of {@link System#nanoTime()}: its
   *     latency and its patience count from there
   * @param onDelivery is told the outcome as soon as it is known, before the client says QUIT
   */
  void send(
      Message message,
      Phase phase,
      long intendedAt,
      Optional<InetAddress> source,
      Consumer<Delivery> onDelivery) {
    Deadline deadline = Deadline.after(intendedAt, patience);
    Attempt attempt = new Attempt(message.id(), phase, intendedAt, onDelivery);
    try (SmtpConnection connection = SmtpConnection.open(target, source, deadline)) {
      Reply greeting = connection.readReply();
      onGreeting.accept(greeting);
      Reply reply = MailDialogue.deliver(connection, greeting, NAME, message);
      attempt.ends(
          reply.code() == 250 ? Outcome.ACCEPTED : Outcome.REFUSED, reply.code(), reply.text());
      connection.command("QUIT");
    } catch (SocketTimeoutException outOfPatience) {
      attempt.ends(Outcome.TIMED_OUT, 0, "no answer within the patience");
    } catch (IOException broken) {
      attempt.ends(Outcome.BROKEN, 0, String.valueOf(broken.getMessage()));
    }
  }

  /** Tells an outcome once: what happens to QUIT changes no mail's fate. */
  private static final class Attempt {
    private final String messageId;
    private final Phase phase;
    private final long intendedAt;
    private final Consumer<Delivery> onDelivery;
    private boolean ended;

    Attempt(String messageId, Phase phase, long intendedAt, Consumer<Delivery> onDelivery) {
      this.messageId = messageId;
      this.phase = phase;
      this.intendedAt = intendedAt;
      this.onDelivery = onDelivery;
    }

    void ends(Outcome outcome, int code, String detail) {
      if (!ended) {
        ended = true;
        Duration latency = Duration.ofNanos(System.nanoTime() - intendedAt);
        onDelivery.accept(new Delivery(messageId, phase, outcome, code, latency, detail));
      }
    }
  }
}
