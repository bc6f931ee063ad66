package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.MailDialogue;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import dev.mailservice.e2e.smtp.Stage;
import java.io.IOException;
import java.net.ConnectException;
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

  /** How a session went. */
  enum Session {
    /** All its letters were acknowledged. */
    WELL,
    /** It was over before, by a no or by a lost connection. */
    CUT_SHORT,
    /** Nobody listens. */
    NOBODY_THERE
  }

  /**
   * One session, as long as there are letters and the server likes it.
   *
   * @param onAcknowledgement is called after each
   */
  Session send(Iterator<Letter> letters, Runnable onAcknowledgement) {
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
          return Session.CUT_SHORT;
        }
        onAcknowledgement.run();
        letter = null;
      }
      if (!welcome) {
        return Session.CUT_SHORT;
      }
      connection.command("QUIT");
      return Session.WELL;
    } catch (IOException broken) {
      note(letter, dialogue.stage());
      return broken instanceof ConnectException ? Session.NOBODY_THERE : Session.CUT_SHORT;
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
