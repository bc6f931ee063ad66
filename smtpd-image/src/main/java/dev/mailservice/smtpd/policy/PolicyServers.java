package dev.mailservice.smtpd.policy;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.ProcessParameters;
import dev.mailservice.smtpd.access.PolicyService;
import dev.mailservice.smtpd.table.LookupServer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Connects to policy servers, when they are first asked.
 *
 * @param warnings the log
 * @param nanos a clock that only runs forward
 */
public record PolicyServers(Consumer<String> warnings, LongSupplier nanos) {
  /**
   * One server.
   *
   * @param server as {@code check_policy_service} names it, with its attributes
   * @throws IllegalArgumentException if it is not understood
   */
  public PolicyService open(String server, Configuration main) {
    PolicySettings settings = PolicySettings.of(server, main);
    return new PolicyServer(
        server,
        settings,
        main.get(ProcessParameters.STRESS),
        new LookupServer(settings.endpoint(), settings.timeout(), settings.lifetime(), nanos),
        warnings);
  }
}
