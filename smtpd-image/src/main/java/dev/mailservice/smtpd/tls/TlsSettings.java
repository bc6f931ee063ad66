package dev.mailservice.smtpd.tls;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.parameters.TlsParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code main.cf} says of TLS.
 *
 * @param level {@code smtpd_tls_security_level}
 * @param wrapperMode {@code smtpd_tls_wrappermode}
 * @param handshakeTimeout {@code smtpd_starttls_timeout}
 * @param logLevel {@code smtpd_tls_loglevel}
 * @param clients what is asked of clients
 * @param floor the least that is accepted
 * @param certificates where the server's certificates are
 */
public record TlsSettings(
    Level level,
    boolean wrapperMode,
    Duration handshakeTimeout,
    int logLevel,
    Clients clients,
    Floor floor,
    Certificates certificates) {

  /** Whether TLS is there at all. */
  public enum Level {
    NONE,
    MAY,
    ENCRYPT
  }

  /**
   * What is asked of clients.
   *
   * @param asksCertificate {@code smtpd_tls_ask_ccert}
   * @param requiresCertificate {@code smtpd_tls_req_ccert}
   * @param caFile {@code smtpd_tls_CAfile}; empty for none
   * @param verifyDepth {@code smtpd_tls_ccert_verifydepth}
   * @param digest {@code smtpd_tls_fingerprint_digest}, by the JDK's name
   */
  public record Clients(
      boolean asksCertificate,
      boolean requiresCertificate,
      String caFile,
      int verifyDepth,
      String digest) {}

  /**
   * The least that is accepted.
   *
   * @param protocols {@code smtpd_tls_protocols}, or the mandatory ones where TLS is
   * @param ciphers those of the grade {@code smtpd_tls_ciphers} that {@code
   *     smtpd_tls_exclude_ciphers} leaves, or the mandatory ones where TLS is, by JSSE's names, the
   *     favourite first
   * @param groups {@code tls_eecdh_auto_curves} and {@code tls_ffdhe_auto_groups}, by JSSE's names;
   *     none for those of the JDK
   * @param serverOrder {@code tls_preempt_cipherlist}
   */
  public record Floor(
      List<String> protocols, List<String> ciphers, List<String> groups, boolean serverOrder) {

    /** Where there is no TLS, so that the JDK need not be asked what it can: that takes time. */
    private static final Floor UNUSED = new Floor(List.of(), List.of(), List.of(), false);
  }

  /**
   * Where the server's certificates are.
   *
   * @param chainFiles {@code smtpd_tls_chain_files}, which go before the others
   * @param pairs certificate file and key file of each other pair
   */
  public record Certificates(List<String> chainFiles, List<Pair> pairs) {
    /** Whether there are none. */
    public boolean isEmpty() {
      return chainFiles.isEmpty() && pairs.isEmpty();
    }
  }

  /** A certificate's file and its key's. */
  public record Pair(String certificateFile, String keyFile) {}

  /**
   * Reads them.
   *
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   * @throws IllegalArgumentException if what is asked for cannot be had from the JDK
   */
  public static TlsSettings from(Configuration main) {
    Level level = level(main);
    boolean mandatory = level == Level.ENCRYPT;
    return new TlsSettings(
        level,
        main.get(TlsParameters.SMTPD_TLS_WRAPPERMODE),
        main.get(TlsParameters.SMTPD_STARTTLS_TIMEOUT),
        main.get(TlsParameters.SMTPD_TLS_LOGLEVEL),
        new Clients(
            main.get(TlsParameters.SMTPD_TLS_ASK_CCERT)
                || (mandatory && main.get(TlsParameters.SMTPD_TLS_REQ_CCERT)),
            mandatory && main.get(TlsParameters.SMTPD_TLS_REQ_CCERT),
            main.get(TlsParameters.SMTPD_TLS_CAFILE),
            main.get(TlsParameters.SMTPD_TLS_CCERT_VERIFYDEPTH),
            digest(main)),
        level == Level.NONE ? Floor.UNUSED : floor(main, mandatory),
        certificates(main));
  }

  private static String digest(Configuration main) {
    String name = main.get(TlsParameters.SMTPD_TLS_FINGERPRINT_DIGEST);
    return name.toUpperCase(Locale.ROOT).replaceFirst("^SHA(?=\\d)", "SHA-");
  }

  private static Floor floor(Configuration main, boolean mandatory) {
    Parameter<List<String>> versions = versions(mandatory);
    List<String> protocols = Protocols.accepted(versions.name(), main.get(versions));
    return new Floor(
        protocols,
        ciphers(main, mandatory, protocols),
        groups(main),
        main.get(TlsParameters.TLS_PREEMPT_CIPHERLIST));
  }

  private static Parameter<List<String>> versions(boolean mandatory) {
    return mandatory
        ? TlsParameters.SMTPD_TLS_MANDATORY_PROTOCOLS
        : TlsParameters.SMTPD_TLS_PROTOCOLS;
  }

  private static List<String> ciphers(
      Configuration main, boolean mandatory, List<String> protocols) {
    CipherList list = cipherList(main, mandatory);
    if (protocols.stream().noneMatch(list::serves)) {
      throw new IllegalArgumentException(
          "%s: no cipher is left for %s"
              .formatted(
                  grade(main, mandatory).name() + " and what is excluded from it",
                  String.join(" and ", protocols)));
    }
    return list.suites();
  }

  private static CipherList cipherList(Configuration main, boolean mandatory) {
    Parameter<String> grade = grade(main, mandatory);
    CipherList list = CipherList.of(grade.name(), main.get(grade));
    list = exclude(list, main, TlsParameters.SMTPD_TLS_EXCLUDE_CIPHERS);
    return mandatory
        ? exclude(list, main, TlsParameters.SMTPD_TLS_MANDATORY_EXCLUDE_CIPHERS)
        : list;
  }

  /** The lower grades have been the same since Postfix 3.8. */
  private static Parameter<String> grade(Configuration main, boolean mandatory) {
    String grade =
        main.get(
            mandatory
                ? TlsParameters.SMTPD_TLS_MANDATORY_CIPHERS
                : TlsParameters.SMTPD_TLS_CIPHERS);
    return grade.equals("high")
        ? TlsParameters.TLS_HIGH_CIPHERLIST
        : TlsParameters.TLS_MEDIUM_CIPHERLIST;
  }

  private static CipherList exclude(
      CipherList list, Configuration main, Parameter<List<String>> parameter) {
    CipherList left = list;
    for (String word : main.get(parameter)) {
      for (String cipher : word.split(":")) {
        left = left.without(parameter.name(), cipher);
      }
    }
    return left;
  }

  private static List<String> groups(Configuration main) {
    var groups = new ArrayList<String>();
    add(groups, main, TlsParameters.TLS_EECDH_AUTO_CURVES);
    add(groups, main, TlsParameters.TLS_FFDHE_AUTO_GROUPS);
    return List.copyOf(groups);
  }

  private static void add(
      List<String> groups, Configuration main, Parameter<List<String>> parameter) {
    groups.addAll(Groups.ofOpenSsl(parameter.name(), main.get(parameter)));
  }

  /** What is set and cannot be had from the JDK, and yet keeps nothing from starting. */
  static List<Diagnostic> warnings(Configuration main) {
    var warnings = new ArrayList<Diagnostic>();
    Parameter<List<String>> versions = versions(isDemanded(main));
    List<String> missing = Protocols.missing(main.get(versions));
    if (!missing.isEmpty()) {
      warning(
              main,
              versions.name(),
              "this server does not speak %s, only %s"
                  .formatted(
                      String.join(" and ", missing), String.join(" and ", Protocols.spoken())))
          .ifPresent(warnings::add);
    }
    withoutCipher(main).ifPresent(warnings::add);
    return warnings;
  }

  /** A version of TLS that is accepted and cannot be spoken. */
  private static Optional<Diagnostic> withoutCipher(Configuration main) {
    boolean mandatory = isDemanded(main);
    Parameter<List<String>> versions = versions(mandatory);
    CipherList ciphers = cipherList(main, mandatory);
    List<String> without =
        Protocols.accepted(versions.name(), main.get(versions)).stream()
            .filter(it -> !ciphers.serves(it))
            .toList();
    return without.isEmpty()
        ? Optional.empty()
        : Stream.of(
                TlsParameters.SMTPD_TLS_EXCLUDE_CIPHERS,
                TlsParameters.SMTPD_TLS_MANDATORY_EXCLUDE_CIPHERS,
                grade(main, mandatory))
            .flatMap(
                it ->
                    warning(main, it.name(), "no cipher is left for " + String.join("", without))
                        .stream())
            .findFirst();
  }

  private static Optional<Diagnostic> warning(Configuration main, String parameter, String text) {
    return main.position(parameter)
        .filter(it -> main.isSet(parameter))
        .map(it -> new Diagnostic(Severity.WARNING, it, parameter + ": " + text));
  }

  /** Whether nothing of value is said without TLS. */
  public static boolean isDemanded(Configuration main) {
    return level(main) == Level.ENCRYPT;
  }

  /** TLS from the first byte is mandatory whatever else is set. */
  private static Level level(Configuration main) {
    if (main.get(TlsParameters.SMTPD_TLS_WRAPPERMODE)) {
      return Level.ENCRYPT;
    }
    return switch (main.get(TlsParameters.SMTPD_TLS_SECURITY_LEVEL)) {
      case "may" -> Level.MAY;
      case "encrypt" -> Level.ENCRYPT;
      case "" -> older(main);
      default -> Level.NONE;
    };
  }

  private static Level older(Configuration main) {
    if (main.get(TlsParameters.SMTPD_ENFORCE_TLS)) {
      return Level.ENCRYPT;
    }
    return main.get(TlsParameters.SMTPD_USE_TLS) ? Level.MAY : Level.NONE;
  }

  private static Certificates certificates(Configuration main) {
    List<String> chains = main.get(TlsParameters.SMTPD_TLS_CHAIN_FILES);
    var pairs = new ArrayList<Pair>();
    if (chains.isEmpty()) {
      add(
          pairs,
          main.get(TlsParameters.SMTPD_TLS_CERT_FILE),
          main.get(TlsParameters.SMTPD_TLS_KEY_FILE));
      add(
          pairs,
          main.get(TlsParameters.SMTPD_TLS_ECCERT_FILE),
          main.get(TlsParameters.SMTPD_TLS_ECKEY_FILE));
    }
    return new Certificates(chains, List.copyOf(pairs));
  }

  private static void add(List<Pair> pairs, String certificateFile, String keyFile) {
    if (certificateFile.equals("none")) {
      throw new IllegalArgumentException(
          "%s = none: the JDK has no ciphers without a certificate, want: a PEM file"
              .formatted(TlsParameters.SMTPD_TLS_CERT_FILE.name()));
    }
    if (!certificateFile.isEmpty()) {
      pairs.add(new Pair(certificateFile, keyFile));
    }
  }
}
