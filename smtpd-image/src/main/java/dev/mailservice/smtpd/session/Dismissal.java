package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.Reply;

/** What a client is told that cannot be served because the server ends, RFC 5321 section 3.8. */
public final class Dismissal {
  private Dismissal() {}

  /** The reply: try again, here or at another server. */
  public static Reply reply(String hostname) {
    return Reply.of(
        "421 4.3.2 %s Service not available, closing transmission channel".formatted(hostname));
  }
}
