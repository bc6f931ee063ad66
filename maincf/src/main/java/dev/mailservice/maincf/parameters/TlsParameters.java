package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.oneOf;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.ParameterType.tlsVersions;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;

/**
 * smtpd(8), STARTTLS SUPPORT CONTROLS. Encryption of a client's session. What is marked obsolete
 * stands in smtpd(8)'s OBSOLETE STARTTLS CONTROLS.
 */
public final class TlsParameters {
  /** Whether TLS is offered or demanded. */
  public static final Parameter<String> SMTPD_TLS_SECURITY_LEVEL =
      Parameter.of(
          "smtpd_tls_security_level",
          oneOf("", "none", "may", "encrypt"),
          "",
          IMPLEMENTED,
          "2.3",
          "Whether TLS is not offered (empty or none), offered (may) or demanded (encrypt).");

  /** How long a handshake may take. */
  public static final Parameter<Duration> SMTPD_STARTTLS_TIMEOUT =
      Parameter.of(
          "smtpd_starttls_timeout",
          time('s', 1, 0),
          "${stress?{10}:{300}}s",
          IMPLEMENTED,
          "2.2",
          "How long a read or write may take while TLS starts or ends.");

  /** Who vouches for clients. */
  public static final Parameter<String> SMTPD_TLS_CAFILE =
      Parameter.of(
          "smtpd_tls_CAfile",
          string(),
          "",
          IMPLEMENTED,
          "2.2",
          "A PEM file of the authorities that are trusted to vouch for clients.");

  /** Whether clients are asked for a certificate. */
  public static final Parameter<Boolean> SMTPD_TLS_ASK_CCERT =
      Parameter.of(
          "smtpd_tls_ask_ccert",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Whether clients are asked for a certificate.");

  /** Whether AUTH needs TLS. */
  public static final Parameter<Boolean> SMTPD_TLS_AUTH_ONLY =
      Parameter.of(
          "smtpd_tls_auth_only",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Whether AUTH is offered within TLS alone.");

  /** The certificate. */
  public static final Parameter<String> SMTPD_TLS_CERT_FILE =
      Parameter.of(
          "smtpd_tls_cert_file",
          string(),
          "",
          IMPLEMENTED,
          "2.2",
          "The PEM file of the server's RSA certificate, and of the chain above it.");

  /** Its key. */
  public static final Parameter<String> SMTPD_TLS_KEY_FILE =
      Parameter.of(
          "smtpd_tls_key_file",
          string(),
          "$smtpd_tls_cert_file",
          IMPLEMENTED,
          "2.2",
          "The PEM file of the RSA certificate's private key.");

  /** The ECDSA certificate. */
  public static final Parameter<String> SMTPD_TLS_ECCERT_FILE =
      Parameter.of(
          "smtpd_tls_eccert_file",
          string(),
          "",
          IMPLEMENTED,
          "2.6",
          "The PEM file of the server's ECDSA certificate.");

  /** Its key. */
  public static final Parameter<String> SMTPD_TLS_ECKEY_FILE =
      Parameter.of(
          "smtpd_tls_eckey_file",
          string(),
          "$smtpd_tls_eccert_file",
          IMPLEMENTED,
          "2.6",
          "The PEM file of the ECDSA certificate's private key.");

  /** Keys with their certificates. */
  public static final Parameter<List<String>> SMTPD_TLS_CHAIN_FILES =
      Parameter.of(
          "smtpd_tls_chain_files",
          list(),
          "",
          IMPLEMENTED,
          "3.4",
          "PEM files, each with a private key and the chain of certificates that goes with"
              + " it.");

  /** Ciphers that are never used. */
  public static final Parameter<List<String>> SMTPD_TLS_EXCLUDE_CIPHERS =
      Parameter.of(
          "smtpd_tls_exclude_ciphers",
          list(),
          "",
          IMPLEMENTED,
          "2.3",
          "Ciphers that are never used.");

  /** Ciphers that are not used where TLS is demanded. */
  public static final Parameter<List<String>> SMTPD_TLS_MANDATORY_EXCLUDE_CIPHERS =
      Parameter.of(
          "smtpd_tls_mandatory_exclude_ciphers",
          list(),
          "",
          IMPLEMENTED,
          "2.3",
          "Ciphers that are not used where TLS is demanded, beside"
              + " smtpd_tls_exclude_ciphers.");

  /** How much is logged of TLS. */
  public static final Parameter<Integer> SMTPD_TLS_LOGLEVEL =
      Parameter.of(
          "smtpd_tls_loglevel",
          integer(0, 4),
          "0",
          IMPLEMENTED,
          "2.2",
          "How much is logged of TLS, 0 to 4.");

  /** The least grade of cipher where TLS is demanded. */
  public static final Parameter<String> SMTPD_TLS_MANDATORY_CIPHERS =
      Parameter.of(
          "smtpd_tls_mandatory_ciphers",
          oneOf("export", "low", "medium", "high"),
          "medium",
          IMPLEMENTED,
          "2.3",
          "The least grade of cipher where TLS is demanded.");

  /** The least grade of cipher. */
  public static final Parameter<String> SMTPD_TLS_CIPHERS =
      Parameter.of(
          "smtpd_tls_ciphers",
          oneOf("export", "low", "medium", "high"),
          "medium",
          IMPLEMENTED,
          "2.6",
          "The least grade of cipher where TLS is a choice.");

  /** The versions of TLS where it is demanded. */
  public static final Parameter<List<String>> SMTPD_TLS_MANDATORY_PROTOCOLS =
      Parameter.of(
          "smtpd_tls_mandatory_protocols",
          tlsVersions(),
          ">=TLSv1",
          IMPLEMENTED,
          "2.3",
          "Versions of TLS that are accepted where TLS is demanded.");

  /** The versions of TLS. */
  public static final Parameter<List<String>> SMTPD_TLS_PROTOCOLS =
      Parameter.of(
          "smtpd_tls_protocols",
          tlsVersions(),
          ">=TLSv1",
          IMPLEMENTED,
          "2.6",
          "Versions of TLS that are accepted where TLS is a choice.");

  /** Whether the Received header tells of TLS. */
  public static final Parameter<Boolean> SMTPD_TLS_RECEIVED_HEADER =
      Parameter.of(
          "smtpd_tls_received_header",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Whether the Received header tells protocol, cipher and certificate.");

  /** Whether a trusted certificate is demanded. */
  public static final Parameter<Boolean> SMTPD_TLS_REQ_CCERT =
      Parameter.of(
          "smtpd_tls_req_ccert",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Whether a client must have a trusted certificate where TLS is demanded.");

  /** Whether TLS begins with the first byte. */
  public static final Parameter<Boolean> SMTPD_TLS_WRAPPERMODE =
      Parameter.of(
          "smtpd_tls_wrappermode",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Whether a session starts with TLS at once, without STARTTLS.");

  /** How certificates are told apart. */
  public static final Parameter<String> SMTPD_TLS_FINGERPRINT_DIGEST =
      Parameter.of(
          "smtpd_tls_fingerprint_digest",
          oneOf("md5", "sha1", "sha224", "sha256", "sha384", "sha512"),
          "${{$compatibility_level} <level {3.6} ? {md5} : {sha256}}",
          IMPLEMENTED,
          "2.5",
          "The digest by which certificates of clients are told apart.");

  /** Whose order of ciphers wins. */
  public static final Parameter<Boolean> TLS_PREEMPT_CIPHERLIST =
      Parameter.of(
          "tls_preempt_cipherlist",
          bool(),
          "no",
          IMPLEMENTED,
          "2.8",
          "Whether the server's order of ciphers wins over the client's.");

  /** The older way to offer TLS. */
  public static final Parameter<Boolean> SMTPD_USE_TLS =
      Parameter.of(
          "smtpd_use_tls",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Obsolete since 2.3: the same as smtpd_tls_security_level = may.");

  /** The older way to demand TLS. */
  public static final Parameter<Boolean> SMTPD_ENFORCE_TLS =
      Parameter.of(
          "smtpd_enforce_tls",
          bool(),
          "no",
          IMPLEMENTED,
          "2.2",
          "Obsolete since 2.3: the same as smtpd_tls_security_level = encrypt.");

  /** What a mechanism must have within TLS. */
  public static final Parameter<List<String>> SMTPD_SASL_TLS_SECURITY_OPTIONS =
      Parameter.of(
          "smtpd_sasl_tls_security_options",
          list(),
          "$smtpd_sasl_security_options",
          IMPLEMENTED,
          "2.2",
          "Properties that an AUTH mechanism must have to be offered within TLS.");

  /** Whose certificates let relay. */
  public static final Parameter<List<String>> RELAY_CLIENTCERTS =
      Parameter.of(
          "relay_clientcerts",
          tables(),
          "",
          IMPLEMENTED,
          "2.2",
          "Tables of certificate fingerprints whose clients permit_tls_clientcerts lets"
              + " relay.");

  /** How many authorities may stand above a client. */
  public static final Parameter<Integer> SMTPD_TLS_CCERT_VERIFYDEPTH =
      Parameter.of(
          "smtpd_tls_ccert_verifydepth",
          integer(0, 0),
          "9",
          IMPLEMENTED,
          "2.2",
          "The longest chain of authorities above a client's certificate.");

  /** The ciphers of grade high. */
  public static final Parameter<String> TLS_HIGH_CIPHERLIST =
      Parameter.of(
          "tls_high_cipherlist",
          nonEmptyString(),
          "aNULL:-aNULL:HIGH:!SEED:!IDEA:!3DES:!RC2:!RC4:!RC5:!kDH:!kECDH:!aDSS:!MD5:@STRENGTH",
          IMPLEMENTED,
          "2.3",
          "The ciphers of grade high, in OpenSSL's notation.");

  /** The ciphers of grade medium. */
  public static final Parameter<String> TLS_MEDIUM_CIPHERLIST =
      Parameter.of(
          "tls_medium_cipherlist",
          nonEmptyString(),
          "aNULL:-aNULL:HIGH:MEDIUM:!SEED:!IDEA:!3DES:!RC2:!RC4:!RC5:!kDH:!kECDH:!aDSS:!MD5:+RC4:@STRENGTH",
          IMPLEMENTED,
          "2.3",
          "The ciphers of grade medium or better, in OpenSSL's notation.");

  /** The curves. */
  public static final Parameter<List<String>> TLS_EECDH_AUTO_CURVES =
      Parameter.of(
          "tls_eecdh_auto_curves",
          list(),
          "X25519 X448 prime256v1 secp384r1 secp521r1",
          IMPLEMENTED,
          "3.2",
          "The curves of elliptic-curve key exchange, the preferred one first.");

  /** The groups that are no curves. */
  public static final Parameter<List<String>> TLS_FFDHE_AUTO_GROUPS =
      Parameter.of(
          "tls_ffdhe_auto_groups",
          list(),
          "ffdhe2048 ffdhe3072",
          IMPLEMENTED,
          "3.8",
          "The groups of finite-field key exchange, the preferred one first.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_TLS_SECURITY_LEVEL,
          SMTPD_SASL_TLS_SECURITY_OPTIONS,
          SMTPD_STARTTLS_TIMEOUT,
          SMTPD_TLS_CAFILE,
          Parameter.of(
              "smtpd_tls_CApath",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.2",
              "A directory of PEM files of the authorities that are trusted to vouch for"
                  + " clients."),
          SMTPD_TLS_ASK_CCERT,
          SMTPD_TLS_AUTH_ONLY,
          SMTPD_TLS_CCERT_VERIFYDEPTH,
          SMTPD_TLS_CERT_FILE,
          SMTPD_TLS_EXCLUDE_CIPHERS,
          Parameter.of(
              "smtpd_tls_dcert_file",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.2",
              "The PEM file of the server's DSA certificate."),
          Parameter.of(
              "smtpd_tls_dh1024_param_file",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.2",
              "A PEM file of Diffie-Hellman parameters to use instead of the built-in ones."),
          Parameter.of(
              "smtpd_tls_dh512_param_file",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.2",
              "A PEM file of export-grade Diffie-Hellman parameters; Postfix has ignored it"
                  + " since 3.6."),
          Parameter.of(
              "smtpd_tls_dkey_file",
              string(),
              "$smtpd_tls_dcert_file",
              NOT_IMPLEMENTED,
              "2.2",
              "The PEM file of the DSA certificate's private key."),
          SMTPD_TLS_KEY_FILE,
          SMTPD_TLS_LOGLEVEL,
          SMTPD_TLS_MANDATORY_CIPHERS,
          SMTPD_TLS_MANDATORY_EXCLUDE_CIPHERS,
          SMTPD_TLS_MANDATORY_PROTOCOLS,
          SMTPD_TLS_RECEIVED_HEADER,
          SMTPD_TLS_REQ_CCERT,
          SMTPD_TLS_WRAPPERMODE,
          Parameter.of(
              "tls_daemon_random_bytes",
              integer(1, 0),
              "32",
              NOT_IMPLEMENTED,
              "2.2",
              "How many random bytes a server process asks tlsmgr(8) for."),
          TLS_HIGH_CIPHERLIST,
          TLS_MEDIUM_CIPHERLIST,
          Parameter.of(
              "tls_low_cipherlist",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.3",
              "The ciphers of grade low or better; Postfix has ignored it since 3.8."),
          Parameter.of(
              "tls_export_cipherlist",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.3",
              "The ciphers of grade export or better; Postfix has ignored it since 3.8."),
          Parameter.of(
              "tls_null_cipherlist",
              nonEmptyString(),
              "eNULL:!kDH:!kECDH:!aDSS:!MD5:!aNULL",
              NOT_IMPLEMENTED,
              "2.3",
              "The ciphers that authenticate without encrypting."),
          SMTPD_TLS_FINGERPRINT_DIGEST,
          SMTPD_TLS_PROTOCOLS,
          SMTPD_TLS_CIPHERS,
          SMTPD_TLS_ECCERT_FILE,
          SMTPD_TLS_ECKEY_FILE,
          Parameter.of(
              "smtpd_tls_eecdh_grade",
              oneOf("auto", "strong", "ultra", "none"),
              "auto",
              NOT_IMPLEMENTED,
              "2.6",
              "How curves are chosen for elliptic-curve key exchange; Postfix has ignored it since"
                  + " 3.6."),
          Parameter.of(
              "tls_eecdh_strong_curve",
              nonEmptyString(),
              "prime256v1",
              NOT_IMPLEMENTED,
              "2.6",
              "The curve of smtpd_tls_eecdh_grade = strong; Postfix has ignored it since 3.6."),
          Parameter.of(
              "tls_eecdh_ultra_curve",
              nonEmptyString(),
              "secp384r1",
              NOT_IMPLEMENTED,
              "2.6",
              "The curve of smtpd_tls_eecdh_grade = ultra; Postfix has ignored it since 3.6."),
          TLS_PREEMPT_CIPHERLIST,
          Parameter.of(
              "tls_disable_workarounds",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.8",
              "OpenSSL's workarounds for errors of others that are turned off."),
          Parameter.of(
              "tlsmgr_service_name",
              nonEmptyString(),
              "tlsmgr",
              NOT_IMPLEMENTED,
              "2.11",
              "The name of tlsmgr(8) in master.cf."),
          Parameter.of(
              "tls_session_ticket_cipher",
              string(),
              "aes-256-cbc",
              NOT_IMPLEMENTED,
              "3.0",
              "The cipher that protects session tickets; empty issues none."),
          TLS_EECDH_AUTO_CURVES,
          SMTPD_TLS_CHAIN_FILES,
          Parameter.of(
              "tls_server_sni_maps",
              tables(),
              "",
              NOT_IMPLEMENTED,
              "3.4",
              "Tables by the name that a client asks for of the certificate to show."),
          Parameter.of(
              "tls_fast_shutdown_enable",
              bool(),
              "yes",
              NOT_IMPLEMENTED,
              "3.5, 3.4.6, 3.3.5, 3.2.10, 3.1.13",
              "Whether a TLS session ends without waiting for the peer's farewell."),
          Parameter.of(
              "info_log_address_format",
              oneOf("external", "internal"),
              "external",
              NOT_IMPLEMENTED,
              "3.5",
              "Whether addresses are logged with the quotes that SMTP needs (external) or"
                  + " without (internal)."),
          Parameter.of(
              "tls_config_file",
              string(),
              "default",
              NOT_IMPLEMENTED,
              "3.9, 3.8.1, 3.7.6, 3.6.10, 3.5.20",
              "The configuration file of OpenSSL: default, none or a path."),
          Parameter.of(
              "tls_config_name",
              string(),
              "",
              NOT_IMPLEMENTED,
              "3.9, 3.8.1, 3.7.6, 3.6.10, 3.5.20",
              "The section of OpenSSL's configuration file that is read."),
          TLS_FFDHE_AUTO_GROUPS,
          Parameter.of(
              "smtpd_tls_enable_rpk",
              bool(),
              "no",
              NOT_IMPLEMENTED,
              "3.9",
              "Whether a client may show a bare public key in place of a certificate."),
          Parameter.of(
              "tls_required_enable",
              bool(),
              "yes",
              NOT_IMPLEMENTED,
              "3.10",
              "Whether the message header TLS-Required: no is honoured, RFC 8689."),
          Parameter.of(
              "requiretls_enable",
              bool(),
              "yes",
              NOT_IMPLEMENTED,
              "3.11",
              "Whether the REQUIRETLS extension is offered, RFC 8689."),
          RELAY_CLIENTCERTS,
          Parameter.of(
              "tlsproxy_service_name",
              nonEmptyString(),
              "tlsproxy",
              NOT_IMPLEMENTED,
              "2.8",
              "The name of tlsproxy(8) in master.cf."),
          SMTPD_USE_TLS,
          SMTPD_ENFORCE_TLS,
          Parameter.of(
              "smtpd_tls_cipherlist",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.2",
              "Obsolete since 2.3, where it is without effect: the ciphers of a session."));

  private TlsParameters() {}
}
