package dev.mailservice.smtpd.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificates that go with it.
 *
 * @param certificates the server's own first, then the authorities above it
 */
record Chain(PrivateKey key, List<X509Certificate> certificates) {

  /**
   * The chains in files, as {@code smtpd_tls_chain_files} names them: each key is followed by its
   * certificates, which may begin or go on in the next file.
   *
   * @throws GeneralSecurityException if they are not in that order
   */
  static List<Chain> inOrder(List<PemFile> files) throws GeneralSecurityException {
    var chains = new ArrayList<Chain>();
    @Nullable PrivateKey key = null;
    var certificates = new ArrayList<X509Certificate>();
    for (PemFile.Block block : files.stream().flatMap(it -> it.blocks().stream()).toList()) {
      switch (block) {
        case PemFile.Block.Key(PrivateKey next) -> {
          if (key != null) {
            chains.add(of(key, certificates));
          }
          key = next;
          certificates.clear();
        }
        case PemFile.Block.Certificate(X509Certificate certificate) ->
            certificates.add(certificate);
      }
      if (key == null) {
        break;
      }
    }
    if (key == null) {
      throw new GeneralSecurityException("want: a private key first, and its certificates behind");
    }
    chains.add(of(key, certificates));
    return chains;
  }

  private static Chain of(PrivateKey key, List<X509Certificate> certificates)
      throws GeneralSecurityException {
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate behind a private key");
    }
    return new Chain(key, List.copyOf(certificates));
  }

  X509Certificate own() {
    return certificates.getFirst();
  }

  /**
   * Checks that key and certificate belong together.
   *
   * @throws GeneralSecurityException if they do not
   */
  void check() throws GeneralSecurityException {
    boolean fits;
    try {
      fits = fits(key, own().getPublicKey());
    } catch (GeneralSecurityException e) {
      // A key that does not even sign, or no signature of such a certificate, does not fit.
      fits = false;
    }
    if (!fits) {
      throw new GeneralSecurityException("the private key does not belong to the certificate");
    }
  }

  private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    if (key instanceof RSAKey own && certified instanceof RSAKey other) {
      return own.getModulus().equals(other.getModulus());
    }
    Optional<String> algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> Optional.of("SHA256withECDSA");
          case "EdDSA" -> Optional.of("EdDSA");
          default -> Optional.empty();
        };
    if (algorithm.isEmpty()) {
      return false;
    }
    byte[] probe = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm.get());
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(probe);
    return signature.verify(signed);
  }
}
