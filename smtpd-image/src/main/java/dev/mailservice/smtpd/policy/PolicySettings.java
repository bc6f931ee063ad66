package dev.mailservice.smtpd.policy;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Tokens;
import dev.mailservice.maincf.parameters.PolicyServiceParameters;
import dev.mailservice.smtpd.table.Endpoint;
import dev.mailservice.smtpd.table.LookupServer.Lifetime;
import java.time.Duration;
import java.util.List;

/**
 * How one policy server is asked: {@code main.cf}, and what stands behind the server's address in
 * the restriction.
 *
 * @param endpoint where it listens
 * @param timeout for one try
 * @param tries how often a question is put
 * @param retryDelay between two tries
 * @param lifetime of connections
 * @param defaultAction what applies where there is no answer
 * @param context {@code policy_context}
 */
record PolicySettings(
    Endpoint endpoint,
    Duration timeout,
    int tries,
    Duration retryDelay,
    Lifetime lifetime,
    String defaultAction,
    String context) {
  /**
   * Reads {@code inet:host:port} or {@code unix:path}, and behind it, between commas, {@code name =
   * value}: {@code timeout}, {@code try_limit}, {@code retry_delay}, {@code max_idle}, {@code
   * max_ttl}, {@code request_limit}, {@code default_action}, {@code policy_context}.
   *
   * @throws IllegalArgumentException if something of it is not understood
   */
  static PolicySettings of(String server, Configuration main) {
    List<String> parts =
        Tokens.splitOutsideBraces(server.replaceAll("\\s*=\\s*", "=").replace(',', '\n'));
    Configuration own = main;
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = part.substring(equals + 1);
      own =
          own.override(
              "%s=%s".formatted(parameter(server, name), value.replaceFirst("^\\{(.*)}$", "$1")));
    }
    return new PolicySettings(
        Endpoint.parse(parts.getFirst()),
        own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_TIMEOUT),
        own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_TRY_LIMIT),
        own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_RETRY_DELAY),
        new Lifetime(
            own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_MAX_IDLE),
            own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_MAX_TTL),
            own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_REQUEST_LIMIT)),
        own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_DEFAULT_ACTION),
        own.get(PolicyServiceParameters.SMTPD_POLICY_SERVICE_POLICY_CONTEXT));
  }

  private static String parameter(String server, String name) {
    return switch (name) {
      case "timeout",
          "try_limit",
          "retry_delay",
          "max_idle",
          "max_ttl",
          "request_limit",
          "default_action",
          "policy_context" ->
          "smtpd_policy_service_" + name;
      default ->
          throw new IllegalArgumentException(
              ("check_policy_service %s: unknown attribute \"%s\", want: timeout, try_limit,"
                      + " retry_delay, max_idle, max_ttl, request_limit, default_action or"
                      + " policy_context")
                  .formatted(server, name));
    };
  }
}
