package dev.mailservice.e2e.smtp;

import java.io.IOException;
import java.util.List;

/** What a plain mail client says to hand over one message, each command after the last reply. */
public final class MailDialogue {
  private MailDialogue() {}

  /**
   * Says everything from the server's greeting to the final dot.
   *
   * @param greeting the server's greeting, already read
   * @return the reply to the final dot, or the first one that says no
   */
  public static Reply deliver(
      SmtpConnection connection, Reply greeting, String clientName, Message message)
      throws IOException {
    Reply reply = greeting;
    List<String> commands =
        List.of(
            "EHLO " + clientName,
            "MAIL FROM:<" + message.sender() + ">",
            "RCPT TO:<" + message.recipient() + ">",
            "DATA");
    for (String command : commands) {
      if (!reply.positive()) {
        return reply;
      }
      reply = connection.command(command);
    }
    if (reply.code() != 354) {
      return reply;
    }
    connection.send(message.stuffed() + ".\r\n");
    return connection.readReply();
  }
}
