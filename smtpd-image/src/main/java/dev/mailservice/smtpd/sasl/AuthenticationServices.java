package dev.mailservice.smtpd.sasl;

import dev.mailservice.smtpd.table.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What is known of authentication services, one thing for each of them, whether the server is calm
 * or stressed: a change between the two must not have the next client wait for a service that is
 * known not to answer. Safe for use by several threads.
 */
public final class AuthenticationServices {
  private final Map<Optional<Endpoint>, Offering> offerings = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * Nothing is known yet.
   *
   * @param nanos a clock that only runs forward
   */
  public AuthenticationServices(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Logins at the service that the settings name; nothing is connected yet. */
  public Authentication open(SaslSettings settings) {
    return new Authentication(
        settings, offerings.computeIfAbsent(settings.server(), it -> new Offering(nanos)));
  }
}
