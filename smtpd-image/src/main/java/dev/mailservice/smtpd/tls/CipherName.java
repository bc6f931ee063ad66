package dev.mailservice.smtpd.tls;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cipher suites by OpenSSL's names, which Postfix's settings and logs use, and by the IANA names of
 * JSSE.
 */
final class CipherName {
  private static final Pattern IANA =
      Pattern.compile("(?:TLS|SSL)_(\\w+?)_WITH_(\\w+?)(?:_(SHA|SHA256|SHA384))?");

  private static final Set<String> CLASSES_WITH_NOTHING_LEFT =
      Set.of(
          "ANULL",
          "ENULL",
          "NULL",
          "LOW",
          "EXPORT",
          "EXP",
          "DES",
          "3DES",
          "RC2",
          "RC4",
          "RC5",
          "MD5",
          "SEED",
          "IDEA",
          "SSLV2",
          "SSLV3",
          "KDH",
          "KECDH",
          "ADSS",
          "PSK",
          "SRP",
          "CAMELLIA",
          "DES-CBC3-SHA",
          "RC4-SHA",
          "RC4-MD5",
          "ADH",
          "AECDH",
          "MEDIUM",
          "KRB5-DES");

  private CipherName() {}

  /** OpenSSL's name of a suite. */
  static String ofOpenSsl(String iana) {
    Matcher matcher = IANA.matcher(iana);
    if (!matcher.matches()) {
      return iana; // TLS 1.3: both use the same.
    }
    String exchange = matcher.group(1).replace('_', '-');
    String cipher =
        matcher
            .group(2)
            .replace("AES_128_GCM", "AES128-GCM")
            .replace("AES_256_GCM", "AES256-GCM")
            .replace("AES_128_CBC", "AES128")
            .replace("AES_256_CBC", "AES256")
            .replace("CHACHA20_POLY1305", "CHACHA20-POLY1305");
    boolean isChaCha = cipher.startsWith("CHACHA20");
    String hash = matcher.group(3) == null || isChaCha ? "" : "-" + matcher.group(3);
    return (exchange.equals("RSA") ? "" : exchange + "-") + cipher + hash;
  }

  /** How many bits a suite's key has. */
  static int bits(String iana) {
    return iana.contains("_128_") ? 128 : 256;
  }

  /**
   * Whether a word of {@code smtpd_tls_exclude_ciphers} stands for a suite.
   *
   * @throws IllegalArgumentException if it is neither a suite nor a class that is known
   */
  static boolean excludes(String word, String iana, List<String> all) {
    String upper = word.toUpperCase(Locale.ROOT);
    String name = ofOpenSsl(iana).toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "AES128" -> iana.contains("AES_128");
      case "AES256" -> iana.contains("AES_256");
      case "AES" -> iana.contains("AES");
      case "AESGCM" -> iana.contains("GCM");
      case "CHACHA20" -> iana.contains("CHACHA20");
      case "KRSA" -> iana.startsWith("TLS_RSA_");
      case "ECDHE", "EECDH", "KEECDH" -> iana.contains("ECDHE");
      case "DHE", "EDH", "KEDH" -> iana.contains("_DHE_");
      case "ARSA" -> iana.contains("RSA_WITH");
      case "AECDSA", "ECDSA" -> iana.contains("ECDSA");
      case "SHA1", "SHA" -> iana.endsWith("_SHA");
      case "SHA256" -> iana.endsWith("_CBC_SHA256");
      case "SHA384" -> iana.endsWith("_CBC_SHA384");
      default -> {
        boolean known =
            CLASSES_WITH_NOTHING_LEFT.contains(upper)
                || all.stream().anyMatch(it -> ofOpenSsl(it).equalsIgnoreCase(word));
        if (!known) {
          throw new IllegalArgumentException(
              "smtpd_tls_exclude_ciphers: no cipher \"%s\", want: a name or class of openssl-ciphers(1)"
                  .formatted(word));
        }
        yield name.equals(upper);
      }
    };
  }
}
