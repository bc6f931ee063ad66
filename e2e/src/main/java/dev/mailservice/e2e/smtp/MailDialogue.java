package dev.mailservice.e2e.smtp;

import java.io.IOException;
import java.util.List;

/**
 * What a plain mail client says to hand over messages, each command after the last reply. One for
 * each connection; the stage tells where it broke when it broke.
 */
public final class MailDialogue {
  private static final int START_MAIL_INPUT = 354;

  private Stage stage = Stage.CONNECT;

  /** How far it has come. */
  public Stage stage() {
    return stage;
  }

  /** Waits for the server's greeting. */
  public Reply greeting(SmtpConnection connection) throws IOException {
    stage = Stage.GREETING;
    return connection.readReply();
  }

  /**
   * Says everything from EHLO to the final dot.
   *
   * @param greeting the server's greeting, already read
   * @return the reply to the final dot, or the first one that says no
   */
  public Reply deliver(
      SmtpConnection connection, Reply greeting, String clientName, Message message)
      throws IOException {
    Reply reply = greeting;
    if (reply.positive()) {
      reply = ehlo(connection, clientName);
    }
    return reply.positive() ? transact(connection, message, List.of(message.recipient())) : reply;
  }

  /** Says EHLO. */
  public Reply ehlo(SmtpConnection connection, String clientName) throws IOException {
    stage = Stage.EHLO;
    return connection.command("EHLO " + clientName);
  }

  /**
   * Says everything from MAIL to the final dot.
   *
   * @param recipients of RCPT TO, instead of the message's own
   * @return the reply to the final dot, or the first one that says no
   */
  public Reply transact(SmtpConnection connection, Message message, List<String> recipients)
      throws IOException {
    Reply reply = say(connection, Stage.MAIL, "MAIL FROM:<" + message.sender() + ">");
    for (String recipient : recipients) {
      if (reply.positive()) {
        reply = say(connection, Stage.RCPT, "RCPT TO:<" + recipient + ">");
      }
    }
    if (reply.positive()) {
      reply = say(connection, Stage.DATA, "DATA");
    }
    if (reply.code() != START_MAIL_INPUT) {
      return reply;
    }
    stage = Stage.CONTENT;
    connection.send(message.stuffed() + ".\r\n");
    stage = Stage.FINAL_REPLY;
    return connection.readReply();
  }

  private Reply say(SmtpConnection connection, Stage next, String command) throws IOException {
    stage = next;
    return connection.command(command);
  }
}
