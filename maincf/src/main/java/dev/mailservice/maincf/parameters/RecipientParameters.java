package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), KNOWN VERSUS UNKNOWN RECIPIENT CONTROLS. For which domains and addresses there is mail
 * here.
 */
public final class RecipientParameters {
  /** Domains whose mail is for here. */
  public static final Parameter<List<String>> MYDESTINATION =
      Parameter.of(
          "mydestination",
          patterns(),
          "$myhostname, localhost.$mydomain, localhost",
          IMPLEMENTED,
          "",
          "Domains for which mail is accepted as a final destination.");

  /** Domains whose mail is passed on. */
  public static final Parameter<List<String>> RELAY_DOMAINS =
      Parameter.of(
          "relay_domains",
          patterns(),
          "${{$compatibility_level} <level {2} ? {$mydestination} : {}}",
          IMPLEMENTED,
          "",
          "Domains for which mail is accepted to be passed on.");

  /** Whether a reply names the kind of table. */
  public static final Parameter<Boolean> SHOW_USER_UNKNOWN_TABLE_NAME =
      Parameter.of(
          "show_user_unknown_table_name",
          bool(),
          "yes",
          IMPLEMENTED,
          "2.0",
          "Whether a reply says in which table a recipient was not found.");

  /** Addresses that are mapped, and so known. */
  public static final Parameter<List<String>> CANONICAL_MAPS =
      Parameter.of(
          "canonical_maps",
          tables(),
          "",
          IMPLEMENTED,
          "",
          "Tables that map addresses in envelopes and headers. A recipient in them is known here;"
              + " the next hop maps it.");

  /** Recipients that are mapped, and so known. */
  public static final Parameter<List<String>> RECIPIENT_CANONICAL_MAPS =
      Parameter.of(
          "recipient_canonical_maps",
          tables(),
          "",
          IMPLEMENTED,
          "",
          "Tables that map recipient addresses in envelopes and headers. A recipient in them is"
              + " known here; the next hop maps it.");

  /** Who there is in mydestination. */
  public static final Parameter<List<String>> LOCAL_RECIPIENT_MAPS =
      Parameter.of(
          "local_recipient_maps",
          tables(),
          "",
          IMPLEMENTED,
          "",
          "Tables of all recipients in mydestination; empty, as it is here, accepts what"
              + " the next hop decides.");

  /** The reply code for who is not in mydestination. */
  public static final Parameter<Integer> UNKNOWN_LOCAL_RECIPIENT_REJECT_CODE =
      Parameter.of(
          "unknown_local_recipient_reject_code",
          integer(0, 0),
          "550",
          IMPLEMENTED,
          "2.0",
          "The reply code for a recipient that local_recipient_maps does not have.");

  /** Who there is in relay_domains. */
  public static final Parameter<List<String>> RELAY_RECIPIENT_MAPS =
      Parameter.of(
          "relay_recipient_maps",
          tables(),
          "",
          IMPLEMENTED,
          "2.0",
          "Tables of all recipients in relay_domains; empty accepts any.");

  /** The reply code for who is not in relay_domains. */
  public static final Parameter<Integer> UNKNOWN_RELAY_RECIPIENT_REJECT_CODE =
      Parameter.of(
          "unknown_relay_recipient_reject_code",
          integer(0, 0),
          "550",
          IMPLEMENTED,
          "2.0",
          "The reply code for a recipient that relay_recipient_maps does not have.");

  /** Domains of aliases. */
  public static final Parameter<List<String>> VIRTUAL_ALIAS_DOMAINS =
      Parameter.of(
          "virtual_alias_domains",
          patterns(),
          "$virtual_alias_maps",
          IMPLEMENTED,
          "2.0",
          "Domains all of whose addresses are aliases of others.");

  /** Aliases, in any domain. */
  public static final Parameter<List<String>> VIRTUAL_ALIAS_MAPS =
      Parameter.of(
          "virtual_alias_maps",
          tables(),
          "$virtual_maps",
          IMPLEMENTED,
          "2.0",
          "Tables of aliases that stand for other addresses. A recipient in them is known here;"
              + " the next hop maps it.");

  /** The reply code for who is not in virtual_alias_domains. */
  public static final Parameter<Integer> UNKNOWN_VIRTUAL_ALIAS_REJECT_CODE =
      Parameter.of(
          "unknown_virtual_alias_reject_code",
          integer(0, 0),
          "550",
          IMPLEMENTED,
          "2.0",
          "The reply code for a recipient of virtual_alias_domains that virtual_alias_maps"
              + " does not have.");

  /** Domains of mailboxes. */
  public static final Parameter<List<String>> VIRTUAL_MAILBOX_DOMAINS =
      Parameter.of(
          "virtual_mailbox_domains",
          patterns(),
          "$virtual_mailbox_maps",
          IMPLEMENTED,
          "2.0",
          "Domains whose mail goes to virtual_transport.");

  /** Who there is in virtual_mailbox_domains. */
  public static final Parameter<List<String>> VIRTUAL_MAILBOX_MAPS =
      Parameter.of(
          "virtual_mailbox_maps",
          tables(),
          "",
          IMPLEMENTED,
          "",
          "Tables of all recipients in virtual_mailbox_domains.");

  /** The reply code for who is not in virtual_mailbox_domains. */
  public static final Parameter<Integer> UNKNOWN_VIRTUAL_MAILBOX_REJECT_CODE =
      Parameter.of(
          "unknown_virtual_mailbox_reject_code",
          integer(0, 0),
          "550",
          IMPLEMENTED,
          "2.0",
          "The reply code for a recipient that virtual_mailbox_maps does not have.");

  /** The server's own addresses. */
  public static final Parameter<List<String>> INET_INTERFACES =
      Parameter.of(
          "inet_interfaces",
          list(),
          "all",
          IMPLEMENTED,
          "",
          "Addresses that are this server's: user@[ADDRESS] is local, and permit_inet_interfaces"
              + " permits a client that comes from one. Where the server listens is for --listen to"
              + " say.");

  /** Addresses that stand for this server. */
  public static final Parameter<List<String>> PROXY_INTERFACES =
      Parameter.of(
          "proxy_interfaces",
          list(),
          "",
          IMPLEMENTED,
          "2.0",
          "Addresses of others at which mail for this site is received: user@[ADDRESS] is local.");

  static final List<Parameter<?>> ALL =
      List.of(
          SHOW_USER_UNKNOWN_TABLE_NAME,
          CANONICAL_MAPS,
          RECIPIENT_CANONICAL_MAPS,
          Parameter.of(
              "sender_canonical_maps",
              tables(),
              "",
              NOT_IMPLEMENTED,
              "",
              "Tables that map sender addresses in envelopes and headers."),
          MYDESTINATION,
          INET_INTERFACES,
          PROXY_INTERFACES,
          Parameter.of(
              "inet_protocols",
              list(),
              "all",
              NOT_IMPLEMENTED,
              "2.2",
              "Which of IPv4 and IPv6 are in use."),
          LOCAL_RECIPIENT_MAPS,
          UNKNOWN_LOCAL_RECIPIENT_REJECT_CODE,
          RELAY_DOMAINS,
          RELAY_RECIPIENT_MAPS,
          UNKNOWN_RELAY_RECIPIENT_REJECT_CODE,
          VIRTUAL_ALIAS_DOMAINS,
          VIRTUAL_ALIAS_MAPS,
          UNKNOWN_VIRTUAL_ALIAS_REJECT_CODE,
          VIRTUAL_MAILBOX_DOMAINS,
          VIRTUAL_MAILBOX_MAPS,
          UNKNOWN_VIRTUAL_MAILBOX_REJECT_CODE,
          Parameter.of(
              "virtual_maps",
              tables(),
              "",
              IMPLEMENTED,
              "",
              "Obsolete since 2.0: the older name of virtual_alias_maps, which takes its"
                  + " default from it."),
          Parameter.of(
              "alias_maps",
              tables(),
              "",
              NOT_IMPLEMENTED,
              "",
              "Tables of local aliases; here the next hop knows them."));

  private RecipientParameters() {}
}
