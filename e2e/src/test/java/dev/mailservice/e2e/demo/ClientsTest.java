package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest {
  @ParameterizedTest
  @CsvSource({"EC, PRIVATE KEY, true", "RSA, PRIVATE KEY, false", "RSA, RSA PRIVATE KEY, false"})
  void tellsAKeyOfAnEllipticCurveByItsContent(String algorithm, String label, boolean elliptic)
      throws NoSuchAlgorithmException {
    byte[] key =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    String pem =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(key));
    String data = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));

    assertThat(Clients.holdsEllipticKey(data)).isEqualTo(elliptic);
  }
}
