package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.rawString;
import static dev.mailservice.maincf.ParameterType.restrictions;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), ACCESS CONTROLS. Restrictions: who may do what, at each step of a session. */
public final class AccessParameters {
  /** Which domain lists match subdomains as well. */
  public static final Parameter<List<String>> PARENT_DOMAIN_MATCHES_SUBDOMAINS =
      Parameter.of(
          "parent_domain_matches_subdomains",
          list(),
          "debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,qmqpd_authorized_clients,relay_domains,smtpd_access_maps",
          IMPLEMENTED,
          "",
          "Lists in which a domain stands for its subdomains, too.");

  /** Whether a client must say HELO or EHLO. */
  public static final Parameter<Boolean> SMTPD_HELO_REQUIRED =
      Parameter.of(
          "smtpd_helo_required",
          bool(),
          "no",
          IMPLEMENTED,
          "",
          "Whether a client must say HELO or EHLO before MAIL.");

  /** Who may relay. */
  public static final Parameter<List<String>> SMTPD_RELAY_RESTRICTIONS =
      Parameter.of(
          "smtpd_relay_restrictions",
          restrictions(),
          "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination",
          IMPLEMENTED,
          "2.10",
          "Restrictions on relaying: whose mail goes where, looked at for each recipient.");

  /** Whether unknown recipients are refused unasked. */
  public static final Parameter<Boolean> SMTPD_REJECT_UNLISTED_RECIPIENT =
      Parameter.of(
          "smtpd_reject_unlisted_recipient",
          bool(),
          "yes",
          IMPLEMENTED,
          "2.1",
          "Whether recipients are refused that belong to a domain of this server and to no"
              + " known address, without any restriction that asks for it.");

  /** Whether early refusals wait for a recipient. */
  public static final Parameter<Boolean> SMTPD_DELAY_REJECT =
      Parameter.of(
          "smtpd_delay_reject",
          bool(),
          "yes",
          IMPLEMENTED,
          "",
          "Whether restrictions on client, HELO and sender are looked at only when a"
              + " recipient is named.");

  /** What clients may connect. */
  public static final Parameter<List<String>> SMTPD_CLIENT_RESTRICTIONS =
      Parameter.of(
          "smtpd_client_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "",
          "Restrictions on a client that connects.");

  /** What HELO may say. */
  public static final Parameter<List<String>> SMTPD_HELO_RESTRICTIONS =
      Parameter.of(
          "smtpd_helo_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "",
          "Restrictions on the name that a client says with HELO or EHLO.");

  /** What MAIL may say. */
  public static final Parameter<List<String>> SMTPD_SENDER_RESTRICTIONS =
      Parameter.of(
          "smtpd_sender_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "",
          "Restrictions on the sender that MAIL FROM names.");

  /** What RCPT may say. */
  public static final Parameter<List<String>> SMTPD_RECIPIENT_RESTRICTIONS =
      Parameter.of(
          "smtpd_recipient_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "",
          "Restrictions on a recipient that RCPT TO names, beside smtpd_relay_restrictions.");

  /** What ETRN may say. */
  public static final Parameter<List<String>> SMTPD_ETRN_RESTRICTIONS =
      Parameter.of(
          "smtpd_etrn_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "",
          "Restrictions on who may ask for delivery with ETRN.");

  /** Lists of the administrator's own. */
  public static final Parameter<List<String>> SMTPD_RESTRICTION_CLASSES =
      Parameter.of(
          "smtpd_restriction_classes",
          list(),
          "",
          IMPLEMENTED,
          "",
          "Names of one's own for lists of restrictions.");

  /** The key of the null sender. */
  public static final Parameter<String> SMTPD_NULL_ACCESS_LOOKUP_KEY =
      Parameter.of(
          "smtpd_null_access_lookup_key",
          string(),
          "<>",
          IMPLEMENTED,
          "",
          "What is looked up in place of the empty sender address.");

  /** Whether DATA may be said. */
  public static final Parameter<List<String>> SMTPD_DATA_RESTRICTIONS =
      Parameter.of(
          "smtpd_data_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "2.0",
          "Restrictions on the DATA command.");

  /** What may come out of a reply template. */
  public static final Parameter<String> SMTPD_EXPANSION_FILTER =
      Parameter.of(
          "smtpd_expansion_filter",
          rawString(1, 0),
          "\\t\\40!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
          IMPLEMENTED,
          "2.0",
          "Characters that may come out of $name in the text of an RBL reply.");

  /** Whether a message is taken. */
  public static final Parameter<List<String>> SMTPD_END_OF_DATA_RESTRICTIONS =
      Parameter.of(
          "smtpd_end_of_data_restrictions",
          restrictions(),
          "",
          IMPLEMENTED,
          "2.2",
          "Restrictions on a complete message.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_DELAY_REJECT,
          PARENT_DOMAIN_MATCHES_SUBDOMAINS,
          SMTPD_CLIENT_RESTRICTIONS,
          SMTPD_HELO_REQUIRED,
          SMTPD_HELO_RESTRICTIONS,
          SMTPD_SENDER_RESTRICTIONS,
          SMTPD_RECIPIENT_RESTRICTIONS,
          SMTPD_ETRN_RESTRICTIONS,
          Parameter.of(
              "allow_untrusted_routing",
              bool(),
              "no",
              NOT_IMPLEMENTED,
              "",
              "Whether recipients with a route of the sender's making are accepted for"
                  + " relay_domains."),
          SMTPD_RESTRICTION_CLASSES,
          SMTPD_NULL_ACCESS_LOOKUP_KEY,
          Parameter.of(
              "permit_mx_backup_networks",
              patterns(),
              "",
              NOT_IMPLEMENTED,
              "",
              "Networks in which a domain's first mail exchangers must be for permit_mx_backup"
                  + " to apply."),
          SMTPD_DATA_RESTRICTIONS,
          SMTPD_EXPANSION_FILTER,
          SMTPD_REJECT_UNLISTED_RECIPIENT,
          SMTPD_END_OF_DATA_RESTRICTIONS,
          SMTPD_RELAY_RESTRICTIONS,
          Parameter.of(
              "maps_rbl_domains",
              list(),
              "",
              NOT_IMPLEMENTED,
              "",
              "Obsolete since 2.1: the lists that reject_maps_rbl asks; name them with"
                  + " reject_rbl_client."));

  private AccessParameters() {}
}
