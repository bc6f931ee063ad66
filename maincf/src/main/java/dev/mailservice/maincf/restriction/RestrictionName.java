package dev.mailservice.maincf.restriction;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All access restrictions, by the names that postconf(5) gives them, in small letters. */
public enum RestrictionName {
  PERMIT,
  REJECT,
  DEFER,
  DEFER_IF_PERMIT,
  DEFER_IF_REJECT,
  SLEEP(Argument.SECONDS),
  CHECK_POLICY_SERVICE(Argument.POLICY_SERVICE),
  REJECT_UNAUTH_PIPELINING,
  REJECT_PLAINTEXT_SESSION,

  PERMIT_INET_INTERFACES,
  PERMIT_MYNETWORKS,
  PERMIT_SASL_AUTHENTICATED,
  PERMIT_TLS_CLIENTCERTS,
  PERMIT_TLS_ALL_CLIENTCERTS,
  REJECT_UNKNOWN_CLIENT_HOSTNAME("reject_unknown_client"),
  REJECT_UNKNOWN_REVERSE_CLIENT_HOSTNAME,
  CHECK_CLIENT_ACCESS(Argument.TABLE),
  CHECK_CLIENT_A_ACCESS(Argument.TABLE),
  CHECK_CLIENT_MX_ACCESS(Argument.TABLE),
  CHECK_CLIENT_NS_ACCESS(Argument.TABLE),
  CHECK_REVERSE_CLIENT_HOSTNAME_ACCESS(Argument.TABLE),
  CHECK_REVERSE_CLIENT_HOSTNAME_A_ACCESS(Argument.TABLE),
  CHECK_REVERSE_CLIENT_HOSTNAME_MX_ACCESS(Argument.TABLE),
  CHECK_REVERSE_CLIENT_HOSTNAME_NS_ACCESS(Argument.TABLE),
  CHECK_CCERT_ACCESS(Argument.TABLE),
  CHECK_SASL_ACCESS(Argument.TABLE),
  REJECT_RBL_CLIENT(Argument.DNS_LIST, "reject_rbl"),
  PERMIT_DNSWL_CLIENT(Argument.DNS_LIST),
  REJECT_RHSBL_CLIENT(Argument.DNS_LIST),
  PERMIT_RHSWL_CLIENT(Argument.DNS_LIST),
  REJECT_RHSBL_REVERSE_CLIENT(Argument.DNS_LIST),

  REJECT_INVALID_HELO_HOSTNAME("reject_invalid_hostname"),
  REJECT_NON_FQDN_HELO_HOSTNAME("reject_non_fqdn_hostname"),
  REJECT_UNKNOWN_HELO_HOSTNAME("reject_unknown_hostname"),
  CHECK_HELO_ACCESS(Argument.TABLE),
  CHECK_HELO_A_ACCESS(Argument.TABLE),
  CHECK_HELO_MX_ACCESS(Argument.TABLE),
  CHECK_HELO_NS_ACCESS(Argument.TABLE),
  REJECT_RHSBL_HELO(Argument.DNS_LIST),

  REJECT_NON_FQDN_SENDER,
  REJECT_UNKNOWN_SENDER_DOMAIN("reject_unknown_address"),
  REJECT_UNLISTED_SENDER,
  REJECT_SENDER_LOGIN_MISMATCH,
  REJECT_AUTHENTICATED_SENDER_LOGIN_MISMATCH,
  REJECT_UNAUTHENTICATED_SENDER_LOGIN_MISMATCH,
  REJECT_KNOWN_SENDER_LOGIN_MISMATCH,
  CHECK_SENDER_ACCESS(Argument.TABLE),
  CHECK_SENDER_A_ACCESS(Argument.TABLE),
  CHECK_SENDER_MX_ACCESS(Argument.TABLE),
  CHECK_SENDER_NS_ACCESS(Argument.TABLE),
  REJECT_RHSBL_SENDER(Argument.DNS_LIST),

  PERMIT_AUTH_DESTINATION,
  REJECT_UNAUTH_DESTINATION,
  DEFER_UNAUTH_DESTINATION,
  REJECT_NON_FQDN_RECIPIENT,
  REJECT_UNKNOWN_RECIPIENT_DOMAIN,
  REJECT_UNLISTED_RECIPIENT("check_recipient_maps"),
  REJECT_MULTI_RECIPIENT_BOUNCE,
  CHECK_RECIPIENT_ACCESS(Argument.TABLE),
  CHECK_RECIPIENT_A_ACCESS(Argument.TABLE),
  CHECK_RECIPIENT_MX_ACCESS(Argument.TABLE),
  CHECK_RECIPIENT_NS_ACCESS(Argument.TABLE),
  REJECT_RHSBL_RECIPIENT(Argument.DNS_LIST),

  CHECK_ETRN_ACCESS(Argument.TABLE);

  /** What stands behind a restriction. */
  public enum Argument {
    /** Nothing. */
    NONE(""),
    /** An access(5) table. */
    TABLE("type:name"),
    /** A server of the policy protocol, SMTPD_POLICY_README. */
    POLICY_SERVICE("inet:host:port or unix:path"),
    /** A DNS block or allow list, perhaps with the answers that count. */
    DNS_LIST("domain or domain=address"),
    /** A whole number of seconds. */
    SECONDS("number of seconds");

    private final String form;

    Argument(String form) {
      this.form = form;
    }

    /** How it is written; empty for nothing. */
    String form() {
      return form;
    }
  }

  private static final Map<String, RestrictionName> BY_SPELLING = bySpelling();

  /** Those that Postfix has or had and this server has not, and what to do instead. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "reject_unverified_sender",
          "is not implemented, because there is no queue for probes; want: a policy service",
          "reject_unverified_recipient",
          "is not implemented, because the next hop is asked about each recipient anyway; remove it",
          "check_relay_domains",
          "has been removed from Postfix, want: reject_unauth_destination",
          "permit_naked_ip_address",
          "has been removed from Postfix, want: permit_mynetworks",
          "permit_mx_backup",
          "is not implemented, because anybody could make this server a backup of his; want:"
              + " relay_domains",
          "reject_maps_rbl",
          "has been removed from Postfix, want: reject_rbl_client domain");

  private final Argument argument;
  private final String olderName;

  RestrictionName() {
    this(Argument.NONE, "");
  }

  RestrictionName(String olderName) {
    this(Argument.NONE, olderName);
  }

  RestrictionName(Argument argument) {
    this(argument, "");
  }

  RestrictionName(Argument argument, String olderName) {
    this.argument = argument;
    this.olderName = olderName;
  }

  private static Map<String, RestrictionName> bySpelling() {
    var names = new HashMap<String, RestrictionName>();
    for (RestrictionName name : values()) {
      names.put(name.spelling(), name);
      if (!name.olderName.isEmpty()) {
        names.put(name.olderName, name);
      }
    }
    return Map.copyOf(names);
  }

  /** The restriction of this name or older name, in any case. */
  public static Optional<RestrictionName> of(String spelling) {
    return Optional.ofNullable(BY_SPELLING.get(spelling.toLowerCase(Locale.ROOT)));
  }

  /** Why a restriction of Postfix is none here; empty if Postfix has none of this name either. */
  static Optional<String> elsewhere(String spelling) {
    return Optional.ofNullable(ELSEWHERE.get(spelling.toLowerCase(Locale.ROOT)));
  }

  /** What stands behind it. */
  public Argument argument() {
    return argument;
  }

  /** As postconf(5) spells it. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
