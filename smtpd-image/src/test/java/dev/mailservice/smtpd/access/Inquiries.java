package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.TlsSession;
import java.util.Optional;

/** Inquiries for tests. */
final class Inquiries {
  private Inquiries() {}

  /** A RCPT of a client that said EHLO. */
  static Inquiry of(Client client) {
    return within(Optional.empty(), client);
  }

  /** The same of one with a certificate of these fingerprints, which no authority has signed. */
  static Inquiry showing(String fingerprint, String publicKeyFingerprint, Client client) {
    var certificate =
        new TlsSession.Certificate("client.test", "", fingerprint, publicKeyFingerprint, false);
    return within(
        Optional.of(
            new TlsSession(
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                256,
                256,
                Optional.empty(),
                Optional.of(certificate))),
        client);
  }

  private static Inquiry within(Optional<TlsSession> tls, Client client) {
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
        tls,
        Optional.empty(),
        false,
        false);
  }
}
