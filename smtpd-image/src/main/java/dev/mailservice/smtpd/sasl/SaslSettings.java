package dev.mailservice.smtpd.sasl;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.CompatibilityParameters;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.SaslParameters;
import dev.mailservice.maincf.parameters.TlsParameters;
import dev.mailservice.smtpd.access.MatchList;
import dev.mailservice.smtpd.table.Endpoint;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.tls.TlsSettings;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code main.cf} says of logins.
 *
 * @param server where the authentication service is; empty for {@code smtpd_sasl_auth_enable = no}
 * @param path {@code smtpd_sasl_path}, for messages
 * @param options {@code smtpd_sasl_security_options}
 * @param tlsOptions {@code smtpd_sasl_tls_security_options}
 * @param mechanismFilter {@code smtpd_sasl_mechanism_filter}
 * @param exceptions {@code smtpd_sasl_exceptions_networks}: who is not offered AUTH
 * @param service {@code smtpd_sasl_service}
 * @param responseLimit {@code smtpd_sasl_response_limit}, bytes
 * @param brokenClients {@code broken_sasl_auth_clients}
 * @param tlsOnly {@code smtpd_tls_auth_only}, which is implied where TLS is demanded
 */
public record SaslSettings(
    Optional<Endpoint> server,
    String path,
    Set<String> options,
    Set<String> tlsOptions,
    MatchList mechanismFilter,
    MatchList exceptions,
    String service,
    int responseLimit,
    boolean brokenClients,
    boolean tlsOnly) {
  private static final Set<String> OPTIONS =
      Set.of(
          "noplaintext",
          "noactive",
          "nodictionary",
          "noanonymous",
          "forward_secrecy",
          "mutual_auth",
          "none");

  /**
   * Reads them.
   *
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   * @throws IllegalArgumentException if the service is nowhere
   */
  public static SaslSettings from(Configuration main, TableDirectory tables) {
    return new SaslSettings(
        main.get(SaslParameters.SMTPD_SASL_AUTH_ENABLE)
            ? Optional.of(server(main))
            : Optional.empty(),
        main.get(SaslParameters.SMTPD_SASL_PATH),
        options(
            SaslParameters.SMTPD_SASL_SECURITY_OPTIONS.name(),
            main.get(SaslParameters.SMTPD_SASL_SECURITY_OPTIONS)),
        options(
            TlsParameters.SMTPD_SASL_TLS_SECURITY_OPTIONS.name(),
            main.get(TlsParameters.SMTPD_SASL_TLS_SECURITY_OPTIONS)),
        list(main, tables, SaslParameters.SMTPD_SASL_MECHANISM_FILTER.name()),
        list(main, tables, CompatibilityParameters.SMTPD_SASL_EXCEPTIONS_NETWORKS.name()),
        main.get(SaslParameters.SMTPD_SASL_SERVICE),
        main.get(SaslParameters.SMTPD_SASL_RESPONSE_LIMIT),
        main.get(CompatibilityParameters.BROKEN_SASL_AUTH_CLIENTS),
        main.get(TlsParameters.SMTPD_TLS_AUTH_ONLY) || TlsSettings.isDemanded(main));
  }

  private static MatchList list(Configuration main, TableDirectory tables, String parameter) {
    return new MatchList(parameter, tables.patterns(main, parameter)::current);
  }

  private static Endpoint server(Configuration main) {
    String path = main.get(SaslParameters.SMTPD_SASL_PATH);
    try {
      return path.startsWith("inet:")
          ? Endpoint.parse(path)
          : new Endpoint.Unix(UnixDomainSocketAddress.of(socket(main, path)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: %s, want: inet:host:port or the path of a socket"
              .formatted(SaslParameters.SMTPD_SASL_PATH.name(), e.getMessage()),
          e);
    }
  }

  private static Path socket(Configuration main, String path) {
    return Path.of(main.get(MiscellaneousParameters.QUEUE_DIRECTORY))
        .resolve(path.startsWith("unix:") ? path.substring("unix:".length()) : path);
  }

  private static Set<String> options(String parameter, List<String> words) {
    var options = new TreeSet<String>();
    for (String word : words) {
      if (!OPTIONS.contains(word.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "%s: unknown option \"%s\", want: %s"
                .formatted(parameter, word, String.join(", ", new TreeSet<>(OPTIONS))));
      }
      options.add(word);
    }
    return options;
  }
}
