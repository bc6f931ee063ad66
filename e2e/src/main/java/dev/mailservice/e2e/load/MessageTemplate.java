package dev.mailservice.e2e.load;

import java.nio.charset.StandardCharsets;

/**
 * A message as DATA carries it, to its final dot, in which only the number in its Message-ID
 * changes: a client has one of its own and sends it again and again without making a new one.
 */
final class MessageTemplate {
  private static final int DIGITS = 12;
  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, and the mail goes through.\r\n";

  private final byte[] octets;
  private final int number;
  private final String idAfterNumber;

  private MessageTemplate(byte[] octets, int number, String idAfterNumber) {
    this.octets = octets;
    this.number = number;
    this.idAfterNumber = idAfterNumber;
  }

  /**
   * Makes one.
   *
   * @param run tells this run's Message-IDs from those of any other
   * @param size in octets, header and body without the final dot; not less than the header
   */
  static MessageTemplate of(String run, int size) {
    String after = "." + run + "@load.example.net";
    String beforeNumber =
        """
        From: <sender@example.net>
        To: <user@example.test>
        Subject: Load
        Date: Thu, 01 Jan 2026 00:00:00 +0000
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii
        Message-ID: <\
        """
            .replace("\n", "\r\n");
    String header = beforeNumber + "0".repeat(DIGITS) + after + ">\r\n\r\n";
    String lines = LINE.repeat(Math.max(0, size - header.length()) / LINE.length());
    int rest = size - header.length() - lines.length();
    String filled = rest > 2 ? lines + "-".repeat(rest - 2) + "\r\n" : lines;
    return new MessageTemplate(
        (header + filled + ".\r\n").getBytes(StandardCharsets.US_ASCII),
        beforeNumber.length(),
        after);
  }

  /** Another one of the same, for another client. */
  MessageTemplate copy() {
    return new MessageTemplate(octets.clone(), number, idAfterNumber);
  }

  /** The Message-ID of a message, without angle brackets. */
  String id(long messageNumber) {
    String digits = Long.toString(messageNumber);
    return "0".repeat(DIGITS - digits.length()) + digits + idAfterNumber;
  }

  /** The message, which is overwritten by the next. */
  byte[] message(String id) {
    for (int at = 0; at < DIGITS; at++) {
      octets[number + at] = (byte) id.charAt(at);
    }
    return octets;
  }
}
