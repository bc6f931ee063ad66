package dev.mailservice.smtpd.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that go with it.
 *
 * @param certificates the server's own first, then the authorities above it
 */
record Chain(PrivateKey key, List<X509Certificate> certificates) {
  /**
   * Checks that key and certificate belong together.
   *
   * @throws GeneralSecurityException if they do not
   */
  void check() throws GeneralSecurityException {
    byte[] probe = {1, 2, 3};
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> "SHA256withRSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificates.getFirst().getPublicKey());
      signature.update(probe);
      if (signature.verify(signed)) {
        return;
      }
    } catch (InvalidKeyException e) {
      throw new GeneralSecurityException(mismatch(), e);
    }
    throw new GeneralSecurityException(mismatch());
  }

  private static String mismatch() {
    return "the private key does not belong to the certificate";
  }
}
