package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.client.Client;
import java.util.Optional;

/** Inquiries for tests. */
final class Inquiries {
  private Inquiries() {}

  /** A RCPT of a client that said EHLO. */
  static Inquiry of(Client client) {
    return new Inquiry(
        "RCPT",
        "ESMTP",
        client,
        Optional.of("client.test"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        "1.2.3",
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }
}
