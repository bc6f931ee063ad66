package dev.mailservice.smtpd.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.smtpd.TestCertificates;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of ciphers mean what openssl(1) says, as far as the JDK has the ciphers. */
class CipherListTest {
  private static final String PARAMETER = "tls_medium_cipherlist";

  private static List<String> ours(String list) {
    return CipherList.of(PARAMETER, list).suites().stream()
        .filter(it -> !CipherName.isNew(it))
        .map(CipherName::ofOpenSsl)
        .toList();
  }

  private static List<String> theirs(String list) throws IOException, InterruptedException {
    List<String> known =
        CipherName.all().stream()
            .filter(it -> !CipherName.isNew(it))
            .map(CipherName::ofOpenSsl)
            .toList();
    String said = TestCertificates.run(List.of("openssl", "ciphers", list + ":@SECLEVEL=0"));
    return Arrays.stream(said.strip().split(":")).filter(known::contains).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALL",
        "DEFAULT",
        "HIGH",
        "aNULL:-aNULL:HIGH:MEDIUM:!SEED:!IDEA:!3DES:!RC2:!RC4:!RC5:!kDH:!kECDH:!aDSS:!MD5:+RC4:@STRENGTH",
        "AES128",
        "AES256",
        "AES:!AESGCM",
        "AESGCM",
        "CHACHA20",
        "ECDHE",
        "EECDH+AESGCM:EDH+AESGCM",
        "kEECDH:kEDH:!SHA1",
        "DHE",
        "DH:!ADH",
        "aRSA",
        "aECDSA",
        "ECDSA+AES:!SHA256",
        "SHA1",
        "SHA256:SHA384",
        "TLSv1.2",
        "TLSv1.2:!AESGCM",
        "HIGH:!aNULL:!MD5:!CAMELLIA:!ARIA:!AESCCM:!PSK:!SRP",
        "ALL:!kRSA:!DHE:!SHA",
        "HIGH:-AES:AES128",
        "HIGH, AES256; !ECDHE"
      })
  void the_ciphers_are_the_same(String list) throws Exception {
    assertThat(ours(list)).containsExactlyInAnyOrderElementsOf(theirs(list));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:@STRENGTH",
        "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:ECDHE-RSA-AES128-SHA:+AES256",
        "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:+AES128:AES128-SHA:DES-CBC3-SHA",
        "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:-AES128:DHE-RSA-AES128-SHA:ECDHE-RSA-AES128-SHA",
        "ECDHE-RSA-AES128-SHA:!AES128:ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA"
      })
  void their_order_is_the_same(String list) throws Exception {
    assertThat(ours(list)).isEqualTo(theirs(list));
  }

  @Test
  void every_cipher_that_openssl_has_may_be_named() throws Exception {
    for (String name :
        TestCertificates.run(List.of("openssl", "ciphers", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"))
            .strip()
            .split(":")) {
      if (!name.startsWith("TLS_")) {
        assertThat(ours("ECDHE-RSA-AES256-SHA:!" + name)).hasSizeBetween(0, 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECDHE-RSA-AES256-GCM-SHA348", "!EECHD", "HIGH:AES512", "@WEAKNESS"})
  void what_openssl_has_not_is_refused(String list) {
    assertThatThrownBy(() -> CipherList.of(PARAMETER, list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(PARAMETER + ": ");
  }
}
