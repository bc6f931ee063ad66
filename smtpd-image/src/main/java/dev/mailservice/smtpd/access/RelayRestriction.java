package dev.mailservice.smtpd.access;

import java.util.Locale;

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

  /**
   * @param name as the type of {@code smtpd_relay_restrictions} has let it through
   */
  static RelayRestriction of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
