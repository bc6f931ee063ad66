package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.rawString;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), ACCESS CONTROL RESPONSES. Reply codes and texts of restrictions. */
public final class AccessReplyParameters {
  /** The code of REJECT in a table. */
  public static final Parameter<Integer> ACCESS_MAP_REJECT_CODE =
      Parameter.of(
          "access_map_reject_code",
          integer(0, 0),
          "554",
          IMPLEMENTED,
          "",
          "The reply code of an access(5) table's REJECT.");

  /** The code of defer. */
  public static final Parameter<Integer> DEFER_CODE =
      Parameter.of("defer_code", integer(0, 0), "450", IMPLEMENTED, "", "The reply code of defer.");

  /** The code for a HELO name that is none. */
  public static final Parameter<Integer> INVALID_HOSTNAME_REJECT_CODE =
      Parameter.of(
          "invalid_hostname_reject_code",
          integer(0, 0),
          "501",
          IMPLEMENTED,
          "",
          "The reply code of reject_invalid_helo_hostname.");

  /** The code for who is on a DNS block list. */
  public static final Parameter<Integer> MAPS_RBL_REJECT_CODE =
      Parameter.of(
          "maps_rbl_reject_code",
          integer(0, 0),
          "554",
          IMPLEMENTED,
          "",
          "The reply code of the restrictions that ask DNS blocklists.");

  /** The code for a name without a domain. */
  public static final Parameter<Integer> NON_FQDN_REJECT_CODE =
      Parameter.of(
          "non_fqdn_reject_code",
          integer(0, 0),
          "504",
          IMPLEMENTED,
          "",
          "The reply code of the reject_non_fqdn restrictions.");

  /** The code for a session without TLS. */
  public static final Parameter<Integer> PLAINTEXT_REJECT_CODE =
      Parameter.of(
          "plaintext_reject_code",
          integer(0, 0),
          "450",
          IMPLEMENTED,
          "2.3",
          "The reply code of reject_plaintext_session.");

  /** The code of reject. */
  public static final Parameter<Integer> REJECT_CODE =
      Parameter.of(
          "reject_code", integer(0, 0), "554", IMPLEMENTED, "", "The reply code of reject.");

  /** The code for mail that would have to be relayed. */
  public static final Parameter<Integer> RELAY_DOMAINS_REJECT_CODE =
      Parameter.of(
          "relay_domains_reject_code",
          integer(0, 0),
          "554",
          IMPLEMENTED,
          "",
          "The reply code of reject_unauth_destination.");

  /** The code for a domain that does not exist. */
  public static final Parameter<Integer> UNKNOWN_ADDRESS_REJECT_CODE =
      Parameter.of(
          "unknown_address_reject_code",
          integer(0, 0),
          "450",
          IMPLEMENTED,
          "",
          "The reply code for an address whose domain does not exist.");

  /** The code for a client without a name. */
  public static final Parameter<Integer> UNKNOWN_CLIENT_REJECT_CODE =
      Parameter.of(
          "unknown_client_reject_code",
          integer(0, 0),
          "450",
          IMPLEMENTED,
          "",
          "The reply code of reject_unknown_client_hostname.");

  /** The code for a HELO name that does not exist. */
  public static final Parameter<Integer> UNKNOWN_HOSTNAME_REJECT_CODE =
      Parameter.of(
          "unknown_hostname_reject_code",
          integer(0, 0),
          "450",
          IMPLEMENTED,
          "",
          "The reply code of reject_unknown_helo_hostname.");

  /** The reply to who is on a DNS block list. */
  public static final Parameter<String> DEFAULT_RBL_REPLY =
      Parameter.of(
          "default_rbl_reply",
          rawString(1, 0),
          "$rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using"
              + " $rbl_domain${rbl_reason?; $rbl_reason}",
          IMPLEMENTED,
          "2.0",
          "The template of a reply to a client that a DNS blocklist names.");

  /** The code for a bounce to several recipients. */
  public static final Parameter<Integer> MULTI_RECIPIENT_BOUNCE_REJECT_CODE =
      Parameter.of(
          "multi_recipient_bounce_reject_code",
          integer(0, 0),
          "550",
          IMPLEMENTED,
          "2.1",
          "The reply code of reject_multi_recipient_bounce.");

  /** Replies by DNS block list. */
  public static final Parameter<List<String>> RBL_REPLY_MAPS =
      Parameter.of(
          "rbl_reply_maps",
          tables(),
          "",
          IMPLEMENTED,
          "2.0",
          "Tables by blocklist of the template that takes default_rbl_reply's place.");

  /** The code of DEFER in a table. */
  public static final Parameter<Integer> ACCESS_MAP_DEFER_CODE =
      Parameter.of(
          "access_map_defer_code",
          integer(0, 0),
          "450",
          IMPLEMENTED,
          "2.6",
          "The reply code of an access(5) table's DEFER.");

  /** What follows when a question stays open. */
  public static final Parameter<String> REJECT_TEMPFAIL_ACTION =
      Parameter.of(
          "reject_tempfail_action",
          nonEmptyString(),
          "defer_if_permit",
          IMPLEMENTED,
          "2.6",
          "What a restriction does when what it asks fails for now.");

  /** The same for a HELO name. */
  public static final Parameter<String> UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION =
      Parameter.of(
          "unknown_helo_hostname_tempfail_action",
          nonEmptyString(),
          "$reject_tempfail_action",
          IMPLEMENTED,
          "2.6",
          "What reject_unknown_helo_hostname does when its DNS query fails for now.");

  /** The same for the domain of an address. */
  public static final Parameter<String> UNKNOWN_ADDRESS_TEMPFAIL_ACTION =
      Parameter.of(
          "unknown_address_tempfail_action",
          nonEmptyString(),
          "$reject_tempfail_action",
          IMPLEMENTED,
          "2.6",
          "What the reject_unknown domain restrictions do when their DNS query fails for"
              + " now.");

  static final List<Parameter<?>> ALL =
      List.of(
          ACCESS_MAP_REJECT_CODE,
          DEFER_CODE,
          INVALID_HOSTNAME_REJECT_CODE,
          MAPS_RBL_REJECT_CODE,
          NON_FQDN_REJECT_CODE,
          PLAINTEXT_REJECT_CODE,
          REJECT_CODE,
          RELAY_DOMAINS_REJECT_CODE,
          UNKNOWN_ADDRESS_REJECT_CODE,
          UNKNOWN_CLIENT_REJECT_CODE,
          UNKNOWN_HOSTNAME_REJECT_CODE,
          DEFAULT_RBL_REPLY,
          MULTI_RECIPIENT_BOUNCE_REJECT_CODE,
          RBL_REPLY_MAPS,
          ACCESS_MAP_DEFER_CODE,
          REJECT_TEMPFAIL_ACTION,
          UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION,
          UNKNOWN_ADDRESS_TEMPFAIL_ACTION);

  private AccessReplyParameters() {}
}
