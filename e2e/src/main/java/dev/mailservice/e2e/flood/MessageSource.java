package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.Message;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes good mail: plain text, each with a Message-ID of its own. */
final class MessageSource {
  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, and the mail goes through.\r\n";

  private final String run;
  private final String sender;
  private final String recipient;
  private final String body;

  /**
   * Messages of one run.
   *
   * @param run tells this run's Message-IDs from those of any other
   */
  MessageSource(String run, String sender, String recipient, int bodySize) {
    this.run = run;
    this.sender = sender;
    this.recipient = recipient;
    this.body = LINE.repeat(Math.ceilDiv(bodySize, LINE.length()));
  }

  Message message(long number, Instant date) {
    String id = "%d.%s@flood.example.net".formatted(number, run);
    String header =
        """
        From: <%s>
        To: <%s>
        Subject: Good mail %d
        Date: %s
        Message-ID: <%s>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        """
            .formatted(
                sender,
                recipient,
                number,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)),
                id)
            .replace("\n", "\r\n");
    return new Message(id, sender, recipient, header + body);
  }
}
