package dev.mailservice.smtpd.tls;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.TlsParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code main.cf} says of TLS.
 *
 * @param level {@code smtpd_tls_security_level}
 * @param wrapperMode {@code smtpd_tls_wrappermode}
 * @param authOnly {@code smtpd_tls_auth_only}
 * @param handshakeTimeout {@code smtpd_starttls_timeout}
 * @param logLevel {@code smtpd_tls_loglevel}
 * @param receivedHeader {@code smtpd_tls_received_header}
 * @param clients what is asked of clients
 * @param floor the least that is accepted
 * @param certificates where the server's certificates are
 */
public record TlsSettings(
    Level level,
    boolean wrapperMode,
    boolean authOnly,
    Duration handshakeTimeout,
    int logLevel,
    boolean receivedHeader,
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
   * @param digest {@code smtpd_tls_fingerprint_digest}
   */
  public record Clients(
      boolean asksCertificate, boolean requiresCertificate, String caFile, String digest) {}

  /**
   * The least that is accepted.
   *
   * @param protocols {@code smtpd_tls_protocols}, or the mandatory ones where TLS is
   * @param cipherGrade {@code smtpd_tls_ciphers}, or the mandatory one
   * @param excluded {@code smtpd_tls_exclude_ciphers}, with the mandatory ones where TLS is
   * @param serverOrder {@code tls_preempt_cipherlist}
   */
  public record Floor(
      List<String> protocols, String cipherGrade, List<String> excluded, boolean serverOrder) {}

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
   * @throws IllegalArgumentException if a protocol or a grade is not known
   */
  public static TlsSettings from(Configuration main) {
    Level level = level(main);
    boolean mandatory = level == Level.ENCRYPT;
    var excluded = new ArrayList<>(main.get(TlsParameters.SMTPD_TLS_EXCLUDE_CIPHERS));
    if (mandatory) {
      excluded.addAll(main.get(TlsParameters.SMTPD_TLS_MANDATORY_EXCLUDE_CIPHERS));
    }
    return new TlsSettings(
        level,
        main.get(TlsParameters.SMTPD_TLS_WRAPPERMODE),
        main.get(TlsParameters.SMTPD_TLS_AUTH_ONLY),
        main.get(TlsParameters.SMTPD_STARTTLS_TIMEOUT),
        main.get(TlsParameters.SMTPD_TLS_LOGLEVEL),
        main.get(TlsParameters.SMTPD_TLS_RECEIVED_HEADER),
        new Clients(
            main.get(TlsParameters.SMTPD_TLS_ASK_CCERT)
                || (mandatory && main.get(TlsParameters.SMTPD_TLS_REQ_CCERT)),
            mandatory && main.get(TlsParameters.SMTPD_TLS_REQ_CCERT),
            main.get(TlsParameters.SMTPD_TLS_CAFILE),
            main.get(TlsParameters.SMTPD_TLS_FINGERPRINT_DIGEST)),
        new Floor(
            Protocols.parse(
                mandatory
                    ? TlsParameters.SMTPD_TLS_MANDATORY_PROTOCOLS.name()
                    : TlsParameters.SMTPD_TLS_PROTOCOLS.name(),
                mandatory
                    ? main.get(TlsParameters.SMTPD_TLS_MANDATORY_PROTOCOLS)
                    : main.get(TlsParameters.SMTPD_TLS_PROTOCOLS)),
            mandatory
                ? main.get(TlsParameters.SMTPD_TLS_MANDATORY_CIPHERS)
                : main.get(TlsParameters.SMTPD_TLS_CIPHERS),
            List.copyOf(excluded),
            main.get(TlsParameters.TLS_PREEMPT_CIPHERLIST)),
        certificates(main));
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
    if (!certificateFile.isEmpty() && !certificateFile.equals("none")) {
      pairs.add(new Pair(certificateFile, keyFile));
    }
  }
}
