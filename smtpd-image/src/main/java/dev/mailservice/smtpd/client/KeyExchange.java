package dev.mailservice.smtpd.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a session of TLSv1.3 came by its keys, in Postfix's words. Of earlier versions the cipher's
 * name tells, and Postfix says no more of it.
 *
 * @param method for example {@code X25519} or {@code ECDHE (prime256v1)}
 * @param server how the server has signed the handshake
 * @param client how the client has; empty if it showed no certificate
 */
public record KeyExchange(String method, Optional<Signature> server, Optional<Signature> client) {
  /**
   * A signature of a handshake.
   *
   * @param algorithm for example {@code ECDSA (prime256v1)} or {@code RSA-PSS (2048 bits)}
   * @param digest for example {@code SHA256}; empty where there is none, or it is not known
   */
  public record Signature(String algorithm, String digest) {
    private String named(String whose) {
      return "%s-signature %s%s"
          .formatted(
              whose, algorithm, digest.isEmpty() ? "" : " %s-digest %s".formatted(whose, digest));
    }
  }

  /** As the lines of a Received header have it. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("key-exchange " + method + server.map(it -> " " + it.named("server")).orElse(""));
    client.ifPresent(it -> lines.add(it.named("client")));
    return lines;
  }

  /** As logs have it. */
  @Override
  public String toString() {
    return String.join(" ", lines());
  }
}
