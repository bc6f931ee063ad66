package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.Reply;

/** What clients are told while memory is short: to come back. RFC 3463 section 3.4. */
final class MemoryShortage {
  /** To MAIL and RCPT, RFC 5321 section 4.3.2; with Postfix's word for a queue without room. */
  static final Reply MESSAGE = Reply.of("452 4.3.1 Insufficient system resources");

  private MemoryShortage() {}

  /** Instead of the banner. */
  static Reply session(String hostname) {
    return Reply.of("421 4.3.0 %s Error: insufficient system resources".formatted(hostname));
  }
}
