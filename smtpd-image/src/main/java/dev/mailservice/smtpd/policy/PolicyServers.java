package dev.mailservice.smtpd.policy;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.ProcessParameters;
import dev.mailservice.smtpd.access.PolicyService;
import dev.mailservice.smtpd.table.Endpoint;
import dev.mailservice.smtpd.table.LookupServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Connects to policy servers, when they are first asked. Lists that name the same server in the
 * same way share its connections, whether calm or stressed.
 */
public final class PolicyServers {
  private final Map<Connecting, LookupServer> servers = new ConcurrentHashMap<>();
  private final Consumer<String> warnings;
  private final LongSupplier nanos;

  private record Connecting(Endpoint endpoint, Duration timeout, LookupServer.Lifetime lifetime) {}

  /**
   * @param warnings the log
   * @param nanos a clock that only runs forward
   */
  public PolicyServers(Consumer<String> warnings, LongSupplier nanos) {
    this.warnings = warnings;
    this.nanos = nanos;
  }

  /**
   * One server.
   *
   * @param server as {@code check_policy_service} names it, with its attributes
   * @throws IllegalArgumentException if it is not understood
   */
  public PolicyService open(String server, Configuration main) {
    PolicySettings settings = PolicySettings.of(server, main);
    LookupServer connections =
        servers.computeIfAbsent(
            new Connecting(settings.endpoint(), settings.timeout(), settings.lifetime()),
            it -> new LookupServer(it.endpoint(), it.timeout(), it.lifetime(), nanos));
    return new PolicyServer(
        server, settings, main.get(ProcessParameters.STRESS), connections, warnings);
  }
}
