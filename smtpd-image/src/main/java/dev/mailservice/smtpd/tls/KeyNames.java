package dev.mailservice.smtpd.tls;

import dev.mailservice.smtpd.client.KeyExchange;
import dev.mailservice.smtpd.client.KeyExchange.Signature;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Groups, curves and signatures of TLSv1.3 as OpenSSL names them, and Postfix's logs with it. */
final class KeyNames {
  private static final Map<Integer, String> GROUPS =
      Map.of(
          0x0017, "ECDHE (prime256v1)",
          0x0018, "ECDHE (secp384r1)",
          0x0019, "ECDHE (secp521r1)",
          0x001d, "X25519",
          0x001e, "X448",
          0x0100, "DHE (2048 bits)",
          0x0101, "DHE (3072 bits)",
          0x0102, "DHE (4096 bits)",
          0x0103, "DHE (6144 bits)",
          0x0104, "DHE (8192 bits)");

  /** Of curves by the size of their field: a signature of TLSv1.3 has one digest for each. */
  private static final Map<Integer, Signature> CURVES =
      Map.of(
          256, new Signature("ECDSA (prime256v1)", "SHA256"),
          384, new Signature("ECDSA (secp384r1)", "SHA384"),
          521, new Signature("ECDSA (secp521r1)", "SHA512"));

  /** Of RSA by the scheme's number, for keys of both kinds. */
  private static final Map<Integer, String> RSA_DIGESTS =
      Map.of(
          0x0804, "SHA256",
          0x0805, "SHA384",
          0x0806, "SHA512",
          0x0809, "SHA256",
          0x080a, "SHA384",
          0x080b, "SHA512");

  private KeyNames() {}

  /**
   * What to tell of a key exchange.
   *
   * @param server the server's key
   * @param client the client's, if it has shown one
   * @return empty before TLSv1.3
   */
  static Optional<KeyExchange> of(
      Hellos hellos, Optional<PublicKey> server, Optional<PublicKey> client) {
    // JSSE takes the first of the client's schemes that fits its own key.
    String digest =
        hellos.clientSchemes().stream()
            .filter(RSA_DIGESTS::containsKey)
            .findFirst()
            .map(RSA_DIGESTS::get)
            .orElse("");
    return hellos
        .group()
        .map(
            group ->
                new KeyExchange(
                    GROUPS.getOrDefault(group, "group " + group),
                    server.map(it -> signature(it, digest, hellos.resumed())),
                    // With RSA the client's choice of a digest is encrypted.
                    client.map(it -> signature(it, "", hellos.resumed()))));
  }

  /** A session that goes on is not signed again, and no digest is told. */
  private static Signature signature(PublicKey key, String rsaDigest, boolean resumed) {
    Signature signature =
        switch (key) {
          case ECPublicKey ec -> {
            int size = ec.getParams().getCurve().getField().getFieldSize();
            yield CURVES.getOrDefault(size, new Signature("ECDSA (%d bits)".formatted(size), ""));
          }
          case RSAKey rsa ->
              new Signature("RSA-PSS (%d bits)".formatted(rsa.getModulus().bitLength()), rsaDigest);
          case EdECKey edwards ->
              new Signature(edwards.getParams().getName().toUpperCase(Locale.ROOT), "");
          default -> new Signature(key.getAlgorithm().toUpperCase(Locale.ROOT), "");
        };
    return resumed ? new Signature(signature.algorithm(), "") : signature;
  }
}
