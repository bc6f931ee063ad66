package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.MailDialogue;
import dev.mailservice.e2e.smtp.Message;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import dev.mailservice.e2e.smtp.Stage;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
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
    var dialogue = new MailDialogue();
    Attempt attempt = new Attempt(message.id(), phase, intendedAt, dialogue, onDelivery);
    try (SmtpConnection connection = SmtpConnection.open(target, source, deadline)) {
      Reply greeting = dialogue.greeting(connection);
      onGreeting.accept(greeting);
      Reply reply = dialogue.deliver(connection, greeting, NAME, message);
      attempt.ends(
          reply.code() == 250 ? Outcome.ACCEPTED : Outcome.REFUSED, reply.code(), reply.text());
      connection.command("QUIT");
    } catch (IOException broken) {
      attempt.ends(outcome(broken, dialogue.stage()), 0, String.valueOf(broken.getMessage()));
    }
  }

  private static Outcome outcome(IOException broken, Stage stage) {
    return switch (broken) {
      case SocketTimeoutException outOfPatience -> Outcome.TIMED_OUT;
      case EOFException silence -> Outcome.CLOSED;
      case ProtocolException nonsense -> Outcome.NOT_SMTP;
      default -> stage == Stage.CONNECT ? Outcome.UNREACHABLE : Outcome.RESET;
    };
  }

  /** Tells an outcome once: what happens to QUIT changes no mail's fate. */
  private static final class Attempt {
    private final String messageId;
    private final Phase phase;
    private final long intendedAt;
    private final MailDialogue dialogue;
    private final Consumer<Delivery> onDelivery;
    private boolean ended;

    Attempt(
        String messageId,
        Phase phase,
        long intendedAt,
        MailDialogue dialogue,
        Consumer<Delivery> onDelivery) {
      this.messageId = messageId;
      this.phase = phase;
      this.intendedAt = intendedAt;
      this.dialogue = dialogue;
      this.onDelivery = onDelivery;
    }

    void ends(Outcome outcome, int code, String detail) {
      if (!ended) {
        ended = true;
        Duration latency = Duration.ofNanos(System.nanoTime() - intendedAt);
        onDelivery.accept(
            new Delivery(messageId, phase, outcome, dialogue.stage(), code, latency, detail));
      }
    }
  }
}
