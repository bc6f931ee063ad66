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

  /** Classes of openssl-ciphers(1) that have no suite in JSSE. */
  private static final Set<String> EMPTY_CLASSES =
      Set.of(
          "ADH",
          "AECDH",
          "AGOST",
          "ANULL",
          "ARIA",
          "ARIA128",
          "ARIA256",
          "AESCCM",
          "AESCCM8",
          "APSK",
          "CAMELLIA",
          "CAMELLIA128",
          "CAMELLIA256",
          "COMPLEMENTOFALL",
          "COMPLEMENTOFDEFAULT",
          "DES",
          "3DES",
          "ENULL",
          "EXP",
          "EXPORT",
          "GOST89MAC",
          "GOST94",
          "IDEA",
          "KDH",
          "KDHD",
          "KDHEPSK",
          "KDHR",
          "KECDH",
          "KECDHEPSK",
          "KGOST",
          "KPSK",
          "KRB5",
          "KRSAPSK",
          "LOW",
          "MD5",
          "MEDIUM",
          "NULL",
          "PSK",
          "RC2",
          "RC4",
          "RC5",
          "SEED",
          "SRP",
          "SSLV2");

  /** A suite of OpenSSL's that JSSE has not, made of the words that such names are made of. */
  private static final Pattern OTHER_SUITE =
      Pattern.compile(
          "(?=.*-)(-?\\b(A?ECDHE?|A?E?DHE?|RSA|ECDSA|DSS|(AES)?(128|256)|AES|ARIA(128|256)"
              + "|CAMELLIA(128|256)|CHACHA20|POLY1305|GCM|CCM8?|CBC3?|DES|RC[245]|IDEA|SEED|NULL"
              + "|PSK|SRP|KRB5|EXP\\d*|GOST\\w*|MD5|SHA(1|256|384)?|3DES|EDE)\\b)+");

  private CipherName() {}

  /** JSSE's names of the suites that the JDK has, its favourite first. */
  static List<String> all() {
    return JdkTls.CIPHER_SUITES.stream()
        .filter(it -> !it.equals("TLS_EMPTY_RENEGOTIATION_INFO_SCSV"))
        .toList();
  }

  /** OpenSSL's name of a suite. */
  static String ofOpenSsl(String iana) {
    Matcher matcher = IANA.matcher(iana);
    if (!matcher.matches()) {
      return iana; // TLSv1.3: both use the same.
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

  /** Whether it is one of TLSv1.3, which OpenSSL keeps apart. */
  static boolean isNew(String iana) {
    return !iana.contains("_WITH_");
  }

  /**
   * Whether a word stands for a suite. As in OpenSSL a class has no suite of TLSv1.3.
   *
   * @param word a suite's name or a class, or several joined by {@code +}, of openssl-ciphers(1)
   * @param all JSSE's names of the suites that there are
   * @throws IllegalArgumentException if it is neither a suite nor a class that is known
   */
  static boolean stands(String word, String iana, List<String> all) {
    boolean stands = true;
    for (String part : word.split("\\+")) {
      stands &= standsAlone(part, iana, all);
    }
    return stands;
  }

  private static boolean standsAlone(String word, String iana, List<String> all) {
    boolean isNew = isNew(iana);
    String name = ofOpenSsl(iana);
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "ALL", "HIGH" -> !isNew;
      case "DEFAULT" -> !isNew && !iana.contains("DSS_WITH");
      case "AES128" -> !isNew && iana.contains("AES_128");
      case "AES256" -> !isNew && iana.contains("AES_256");
      case "AES" -> !isNew && iana.contains("AES");
      case "AESGCM" -> !isNew && iana.contains("GCM");
      case "CBC" -> iana.contains("_CBC_");
      case "CHACHA20" -> !isNew && iana.contains("CHACHA20");
      case "KRSA", "RSA" -> iana.startsWith("TLS_RSA_");
      case "ECDHE", "EECDH", "KEECDH", "KECDHE", "ECDH" -> iana.contains("_ECDHE_");
      case "DHE", "EDH", "KEDH", "KDHE", "DH" -> iana.contains("_DHE_");
      case "ARSA" -> iana.contains("RSA_WITH");
      case "AECDSA", "ECDSA" -> iana.contains("ECDSA_WITH");
      case "ADSS", "DSS" -> iana.contains("DSS_WITH");
      case "SHA1", "SHA" -> iana.endsWith("_SHA");
      case "SHA256" -> iana.endsWith("_CBC_SHA256");
      case "SHA384" -> iana.endsWith("_CBC_SHA384");
      case "SSLV3" -> iana.endsWith("_SHA") && !iana.contains("ECDHE");
      case "TLSV1", "TLSV1.0" -> iana.endsWith("_SHA") && iana.contains("ECDHE");
      case "TLSV1.2" -> !isNew && !iana.endsWith("_SHA");
      default -> {
        if (EMPTY_CLASSES.contains(word.toUpperCase(Locale.ROOT))) {
          yield false;
        }
        if (!isSuite(word, all)) {
          throw new IllegalArgumentException(
              "no cipher \"%s\", want: a name or class of openssl-ciphers(1)".formatted(word));
        }
        yield name.equalsIgnoreCase(word);
      }
    };
  }

  /** One that JSSE has, or that is OpenSSL's alone: then there is nothing to exclude. */
  private static boolean isSuite(String word, List<String> all) {
    return all.stream().anyMatch(it -> ofOpenSsl(it).equalsIgnoreCase(word))
        || OTHER_SUITE.matcher(word.toUpperCase(Locale.ROOT)).matches();
  }
}
