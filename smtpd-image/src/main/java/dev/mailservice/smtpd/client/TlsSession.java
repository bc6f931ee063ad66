package dev.mailservice.smtpd.client;

import java.util.Optional;

/**
 * What was agreed on in a TLS handshake, in OpenSSL's words, which are Postfix's.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher for example {@code TLS_AES_256_GCM_SHA384}, {@code ECDHE-RSA-AES128-GCM-SHA256}
 * @param usedBits the length of the key in use
 * @param algorithmBits the length that the algorithm has
 * @param keyExchange how its keys came about; empty before TLSv1.3
 * @param certificate the client's, if it showed one
 */
public record TlsSession(
    String protocol,
    String cipher,
    int usedBits,
    int algorithmBits,
    Optional<KeyExchange> keyExchange,
    Optional<Certificate> certificate) {
  /**
   * A client's certificate.
   *
   * @param subjectCommonName the subject's CN; empty if it has none
   * @param issuerCommonName the issuer's CN; empty if it has none
   * @param fingerprint of the certificate, {@code smtpd_tls_fingerprint_digest}, {@code AB:CD:…}
   * @param publicKeyFingerprint of its public key, the same way
   * @param trusted whether a known authority has signed it
   */
  public record Certificate(
      String subjectCommonName,
      String issuerCommonName,
      String fingerprint,
      String publicKeyFingerprint,
      boolean trusted) {}

  /** As logs and headers have it: {@code TLSv1.2 with cipher … (256/256 bits)}. */
  public String summary() {
    return "%s with cipher %s (%d/%d bits)".formatted(protocol, cipher, usedBits, algorithmBits);
  }
}
