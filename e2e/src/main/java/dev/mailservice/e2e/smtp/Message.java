package dev.mailservice.e2e.smtp;

/**
 * A message and its envelope.
 *
 * @param id the Message-ID without its angle brackets
 * @param sender address of MAIL FROM
 * @param recipient address of RCPT TO
 * @param content header and body, lines ending in CRLF, the last one too
 */
public record Message(String id, String sender, String recipient, String content) {
  /** The content as DATA carries it: a dot before each line that starts with one. */
  String stuffed() {
    String stuffed = content.replace("\r\n.", "\r\n..");
    return stuffed.startsWith(".") ? "." + stuffed : stuffed;
  }
}
