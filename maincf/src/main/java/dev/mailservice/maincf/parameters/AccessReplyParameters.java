package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.rawString;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), ACCESS CONTROL RESPONSES. Reply codes and texts of restrictions. */
public final class AccessReplyParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "access_map_reject_code",
              integer(0, 0),
              "554",
              NOT_IMPLEMENTED,
              "",
              "The reply code of an access(5) table's REJECT."),
          Parameter.of(
              "defer_code", integer(0, 0), "450", NOT_IMPLEMENTED, "", "The reply code of defer."),
          Parameter.of(
              "invalid_hostname_reject_code",
              integer(0, 0),
              "501",
              NOT_IMPLEMENTED,
              "",
              "The reply code of reject_invalid_helo_hostname."),
          Parameter.of(
              "maps_rbl_reject_code",
              integer(0, 0),
              "554",
              NOT_IMPLEMENTED,
              "",
              "The reply code of the restrictions that ask DNS blocklists."),
          Parameter.of(
              "non_fqdn_reject_code",
              integer(0, 0),
              "504",
              NOT_IMPLEMENTED,
              "",
              "The reply code of the reject_non_fqdn restrictions."),
          Parameter.of(
              "plaintext_reject_code",
              integer(0, 0),
              "450",
              NOT_IMPLEMENTED,
              "2.3",
              "The reply code of reject_plaintext_session."),
          Parameter.of(
              "reject_code",
              integer(0, 0),
              "554",
              NOT_IMPLEMENTED,
              "",
              "The reply code of reject."),
          Parameter.of(
              "relay_domains_reject_code",
              integer(0, 0),
              "554",
              NOT_IMPLEMENTED,
              "",
              "The reply code of reject_unauth_destination."),
          Parameter.of(
              "unknown_address_reject_code",
              integer(0, 0),
              "450",
              NOT_IMPLEMENTED,
              "",
              "The reply code for an address whose domain does not exist."),
          Parameter.of(
              "unknown_client_reject_code",
              integer(0, 0),
              "450",
              NOT_IMPLEMENTED,
              "",
              "The reply code of reject_unknown_client_hostname."),
          Parameter.of(
              "unknown_hostname_reject_code",
              integer(0, 0),
              "450",
              NOT_IMPLEMENTED,
              "",
              "The reply code of reject_unknown_helo_hostname."),
          Parameter.of(
              "default_rbl_reply",
              rawString(1, 0),
              "$rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using"
                  + " $rbl_domain${rbl_reason?; $rbl_reason}",
              NOT_IMPLEMENTED,
              "2.0",
              "The template of a reply to a client that a DNS blocklist names."),
          Parameter.of(
              "multi_recipient_bounce_reject_code",
              integer(0, 0),
              "550",
              NOT_IMPLEMENTED,
              "2.1",
              "The reply code of reject_multi_recipient_bounce."),
          Parameter.of(
              "rbl_reply_maps",
              tables(),
              "",
              NOT_IMPLEMENTED,
              "2.0",
              "Tables by blocklist of the template that takes default_rbl_reply's place."),
          Parameter.of(
              "access_map_defer_code",
              integer(0, 0),
              "450",
              NOT_IMPLEMENTED,
              "2.6",
              "The reply code of an access(5) table's DEFER."),
          Parameter.of(
              "reject_tempfail_action",
              nonEmptyString(),
              "defer_if_permit",
              NOT_IMPLEMENTED,
              "2.6",
              "What a restriction does when what it asks fails for now."),
          Parameter.of(
              "unknown_helo_hostname_tempfail_action",
              nonEmptyString(),
              "$reject_tempfail_action",
              NOT_IMPLEMENTED,
              "2.6",
              "What reject_unknown_helo_hostname does when its DNS query fails for now."),
          Parameter.of(
              "unknown_address_tempfail_action",
              nonEmptyString(),
              "$reject_tempfail_action",
              NOT_IMPLEMENTED,
              "2.6",
              "What the reject_unknown domain restrictions do when their DNS query fails for"
                  + " now."));

  private AccessReplyParameters() {}
}
