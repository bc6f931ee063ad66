package dev.mailservice.smtpd.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The restrictions that {@code smtpd_relay_restrictions} may name here. */
enum RelayRestriction {
  /** Permit clients in {@code mynetworks}. */
  PERMIT_MYNETWORKS,
  /** Permit clients that have logged in; nobody can, as long as the server offers no AUTH. */
  PERMIT_SASL_AUTHENTICATED,
  /** Refuse what is neither for here nor for {@code relay_domains}, for good. */
  REJECT_UNAUTH_DESTINATION,
  /** The same, for now. */
  DEFER_UNAUTH_DESTINATION,
  /** Refuse everything. */
  REJECT;

  static RelayRestriction parse(String name) {
    return Arrays.stream(values())
        .filter(it -> it.configurationName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "smtpd_relay_restrictions: \"%s\" is not implemented, want: %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(RelayRestriction::configurationName)
                                .collect(Collectors.joining(", ")))));
  }

  String configurationName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether it keeps strangers from relaying; a list without one is refused, as in Postfix. */
  boolean closesRelay() {
    return this == REJECT_UNAUTH_DESTINATION || this == DEFER_UNAUTH_DESTINATION || this == REJECT;
  }
}
