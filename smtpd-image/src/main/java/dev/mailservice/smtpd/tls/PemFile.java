package dev.mailservice.smtpd.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a PEM file, RFC 7468.
 *
 * @param blocks keys and certificates, in order
 */
record PemFile(List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  /** One of them. */
  sealed interface Block {
    /** A private key. */
    record Key(PrivateKey key) implements Block {}

    /** A certificate. */
    record Certificate(X509Certificate certificate) implements Block {}
  }

  /**
   * Reads a file's text.
   *
   * @throws GeneralSecurityException if what stands in a block is not what its label says; the
   *     message tells what would be right
   */
  static PemFile parse(String text) throws GeneralSecurityException {
    var blocks = new ArrayList<Block>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String label = block.group(1);
      if (label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE")) {
        blocks.add(new Block.Certificate(certificate(decode(block.group(2)))));
      } else {
        key(label, block.group(2)).ifPresent(it -> blocks.add(new Block.Key(it)));
      }
    }
    return new PemFile(List.copyOf(blocks));
  }

  List<PrivateKey> keys() {
    return blocks.stream()
        .filter(Block.Key.class::isInstance)
        .map(it -> ((Block.Key) it).key())
        .toList();
  }

  List<X509Certificate> certificates() {
    return blocks.stream()
        .filter(Block.Certificate.class::isInstance)
        .map(it -> ((Block.Certificate) it).certificate())
        .toList();
  }

  private static Optional<PrivateKey> key(String label, String body)
      throws GeneralSecurityException {
    if (label.startsWith("ENCRYPTED") || body.contains("Proc-Type: 4,ENCRYPTED")) {
      throw new GeneralSecurityException(
          "the private key is encrypted, want: one without a passphrase, nobody is there to type it");
    }
    try {
      return switch (label) {
        case "PRIVATE KEY" -> Optional.of(privateKey(decode(body)));
        case "RSA PRIVATE KEY" -> Optional.of(privateKey(Der.ofRsa(decode(body))));
        case "EC PRIVATE KEY" -> Optional.of(privateKey(Der.ofEc(decode(body))));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(e.getMessage(), e);
    }
  }

  private static byte[] decode(String body) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not base64: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // It is one of another algorithm.
        continue;
      }
    }
    throw new GeneralSecurityException("no private key that can be read, want: RSA, EC or Ed25519");
  }
}
