package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes Kubernetes clients. */
final class Clients {
  private static final String PKCS8_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PKCS8_END = "-----END PRIVATE KEY-----";

  private Clients() {}

  /** A client, to be closed by the caller. */
  static KubernetesClient of(Config config) {
    // The client takes every PKCS #8 key for RSA unless told otherwise.
    if (holdsEllipticKey(config.getClientKeyData())) {
      config.setClientKeyAlgo("EC");
    }
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * Whether a kubeconfig's key is one of an elliptic curve in PKCS #8 form.
   *
   * @param data base64 of a PEM file, as in client-key-data; may be null
   */
  static boolean holdsEllipticKey(@Nullable String data) {
    if (data == null) {
      return false;
    }
    String pem = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
    int begin = pem.indexOf(PKCS8_BEGIN);
    int end = pem.indexOf(PKCS8_END);
    if (begin < 0 || end < begin) {
      return false;
    }
    byte[] key = Base64.getMimeDecoder().decode(pem.substring(begin + PKCS8_BEGIN.length(), end));
    try {
      KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
      return true;
    } catch (GeneralSecurityException otherAlgorithm) {
      return false;
    }
  }
}
