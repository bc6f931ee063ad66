package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Parameter;
import java.util.ArrayList;
import java.util.List;

/** What has to be set so that something else can be done that is set. */
public final class Prerequisites {
  private static final String CERTIFICATE =
      "want: smtpd_tls_chain_files, or smtpd_tls_cert_file and smtpd_tls_key_file";

  /**
   * One that is missing.
   *
   * @param parameter whose value asks for it
   * @param isFatal whether the server does not start without
   * @param message what is missing and what would be right
   */
  public record Missing(Parameter<?> parameter, boolean isFatal, String message) {}

  private Prerequisites() {}

  /**
   * All that are missing.
   *
   * @param main calm or stressed
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   */
  public static List<Missing> missing(Configuration main) {
    var missing = new ArrayList<Missing>();
    proxies(main, missing);
    authentication(main, missing);
    certificates(main, missing);
    return List.copyOf(missing);
  }

  /**
   * Refuses to start without one.
   *
   * @param main calm or stressed
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   * @throws IllegalArgumentException if one is missing without which the server does not start
   */
  public static void demand(Configuration main) {
    for (Missing missing : missing(main)) {
      if (missing.isFatal()) {
        throw new IllegalArgumentException(missing.message());
      }
    }
  }

  private static void proxies(Configuration main, List<Missing> missing) {
    if (main.get(UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_PROTOCOL).equals("haproxy")
        && main.get(UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_HOSTS).isEmpty()) {
      missing.add(
          new Missing(
              UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_PROTOCOL,
              true,
              "%s is not set: no proxy is believed, want: the proxies' addresses or networks"
                  .formatted(UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_HOSTS.name())));
    }
  }

  private static void authentication(Configuration main, List<Missing> missing) {
    String type = main.get(SaslParameters.SMTPD_SASL_TYPE);
    if (main.get(SaslParameters.SMTPD_SASL_AUTH_ENABLE) && !type.equals("dovecot")) {
      missing.add(
          new Missing(
              SaslParameters.SMTPD_SASL_AUTH_ENABLE,
              true,
              "%s: \"%s\" is not implemented, want: dovecot"
                  .formatted(SaslParameters.SMTPD_SASL_TYPE.name(), type)));
    }
  }

  private static void certificates(Configuration main, List<Missing> missing) {
    if (hasCertificate(main)) {
      return;
    }
    String level = main.get(TlsParameters.SMTPD_TLS_SECURITY_LEVEL);
    if (main.get(TlsParameters.SMTPD_TLS_WRAPPERMODE)) {
      missing.add(demanded(TlsParameters.SMTPD_TLS_WRAPPERMODE));
    } else if (level.equals("encrypt")) {
      missing.add(demanded(TlsParameters.SMTPD_TLS_SECURITY_LEVEL));
    } else if (level.isEmpty() && main.get(TlsParameters.SMTPD_ENFORCE_TLS)) {
      missing.add(demanded(TlsParameters.SMTPD_ENFORCE_TLS));
    } else if (level.equals("may")) {
      missing.add(offered(TlsParameters.SMTPD_TLS_SECURITY_LEVEL));
    } else if (level.isEmpty() && main.get(TlsParameters.SMTPD_USE_TLS)) {
      missing.add(offered(TlsParameters.SMTPD_USE_TLS));
    }
  }

  private static boolean hasCertificate(Configuration main) {
    return !main.get(TlsParameters.SMTPD_TLS_CHAIN_FILES).isEmpty()
        || isFile(main.get(TlsParameters.SMTPD_TLS_CERT_FILE))
        || isFile(main.get(TlsParameters.SMTPD_TLS_ECCERT_FILE));
  }

  private static boolean isFile(String name) {
    return !name.isEmpty() && !name.equals("none");
  }

  private static Missing demanded(Parameter<?> parameter) {
    return new Missing(
        parameter, true, "TLS is demanded and there is no certificate, " + CERTIFICATE);
  }

  private static Missing offered(Parameter<?> parameter) {
    return new Missing(
        parameter, false, "No server certs available. TLS won't be enabled, " + CERTIFICATE);
  }
}
