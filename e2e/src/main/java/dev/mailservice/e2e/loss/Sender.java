package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.MailDialogue;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import dev.mailservice.e2e.smtp.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that hands over letters, several in a session, and notes what it is told. */
final class Sender {
  private static final String NAME = "client.example.net";

  /** Longer than any answer should take, so that a server that hangs is found out. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final InetSocketAddress server;
  private final int mostMessages;

  /**
   * @param mostMessages in a session
   */
  Sender(InetSocketAddress server, int mostMessages) {
    this.server = server;
    this.mostMessages = mostMessages;
  }

  /**
   * One session, as long as there are letters and the server likes it.
   *
   * @param onAcknowledgement is called after each
   * @return whether it went well: all its letters were acknowledged
   */
  boolean send(Iterator<Letter> letters, Runnable onAcknowledgement) {
    var deadline = Deadline.after(System.nanoTime(), PATIENCE);
    var dialogue = new MailDialogue();
    Letter letter = null;
    try (SmtpConnection connection = SmtpConnection.open(server, Optional.empty(), deadline)) {
      boolean welcome =
          dialogue.greeting(connection).positive() && dialogue.ehlo(connection, NAME).positive();
      for (int sent = 0; welcome && sent < mostMessages && letters.hasNext(); sent++) {
        letter = letters.next();
        Reply reply = dialogue.transact(connection, letter.message(), letter.recipients());
        letter.tried(fate(reply, dialogue.stage()));
        if (reply.code() != 250) {
          return false;
        }
        onAcknowledgement.run();
        letter = null;
      }
      if (!welcome) {
        return false;
      }
      connection.command("QUIT");
      return true;
    } catch (IOException broken) {
      note(letter, dialogue.stage());
      return false;
    }
  }

  private static Fate fate(Reply reply, Stage stage) {
    if (reply.code() == 250) {
      return Fate.ACKNOWLEDGED;
    }
    return stage == Stage.FINAL_REPLY ? Fate.REFUSED_AFTER_CONTENT : Fate.REFUSED;
  }

  private static void note(@Nullable Letter letter, Stage stage) {
    if (letter != null) {
      letter.tried(stage == Stage.FINAL_REPLY ? Fate.UNKNOWN : Fate.NOT_SENT);
    }
  }
}
