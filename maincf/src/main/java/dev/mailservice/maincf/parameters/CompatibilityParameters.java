package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;
import java.util.Set;

/**
 * smtpd(8), COMPATIBILITY CONTROLS. Workarounds for clients that keep to older or looser rules, and
 * deviations from the standards.
 */
public final class CompatibilityParameters {
  /** The older name of {@link #SMTPD_PER_REQUEST_DEADLINE}. */
  public static final Parameter<String> SMTPD_PER_RECORD_DEADLINE =
      Parameter.of(
          "smtpd_per_record_deadline",
          string(),
          "",
          IMPLEMENTED,
          "2.9",
          "Obsolete since 3.7: the older name of smtpd_per_request_deadline, which takes its"
              + " default from it.");

  /** Whether {@code smtpd_timeout} limits a whole request. */
  public static final Parameter<Boolean> SMTPD_PER_REQUEST_DEADLINE =
      Parameter.of(
          "smtpd_per_request_deadline",
          bool(),
          "${smtpd_per_record_deadline?{$smtpd_per_record_deadline}:{${stress?{yes}:{no}}}}",
          IMPLEMENTED,
          "3.7",
          "Whether smtpd_timeout limits a whole request instead of each read.");

  /** The least number of bytes a second that keeps a message's deadline from passing. */
  public static final Parameter<Integer> SMTPD_MIN_DATA_RATE =
      Parameter.of(
          "smtpd_min_data_rate",
          integer(1, 0),
          "500",
          IMPLEMENTED,
          "3.7",
          "The least rate, in bytes a second, at which a message must come in under a"
              + " per-request deadline.");

  /** Whether VRFY is refused. */
  public static final Parameter<Boolean> DISABLE_VRFY_COMMAND =
      Parameter.of(
          "disable_vrfy_command",
          bool(),
          "no",
          IMPLEMENTED,
          "",
          "Whether VRFY is refused, so that nobody can ask for addresses.");

  /** Commands that do nothing. */
  public static final Parameter<List<String>> SMTPD_NOOP_COMMANDS =
      Parameter.of(
          "smtpd_noop_commands",
          patterns(),
          "",
          IMPLEMENTED,
          "",
          "Commands that are answered with 250 and otherwise ignored.");

  /** Whether addresses must stand bare in angle brackets. */
  public static final Parameter<Boolean> STRICT_RFC821_ENVELOPES =
      Parameter.of(
          "strict_rfc821_envelopes",
          bool(),
          "no",
          IMPLEMENTED,
          "",
          "Whether addresses in MAIL FROM and RCPT TO must stand within <> and be free of"
              + " comments and phrases.");

  /** What is not offered, by client address. */
  public static final Parameter<List<String>> SMTPD_DISCARD_EHLO_KEYWORD_ADDRESS_MAPS =
      Parameter.of(
          "smtpd_discard_ehlo_keyword_address_maps",
          tables(),
          "",
          IMPLEMENTED,
          "2.2",
          "Tables by client address of the EHLO keywords that this client is not told.");

  /** The words that mean something in lists of EHLO keywords, ehlo_mask(3), in lower case. */
  public static final Set<String> EHLO_KEYWORDS =
      Set.of(
          "8bitmime",
          "auth",
          "chunking",
          "dsn",
          "enhancedstatuscodes",
          "etrn",
          "pipelining",
          "silent-discard",
          "size",
          "smtputf8",
          "starttls",
          "verp",
          "vrfy",
          "xclient",
          "xforward");

  /** What is offered to nobody. */
  public static final Parameter<List<String>> SMTPD_DISCARD_EHLO_KEYWORDS =
      Parameter.of(
          "smtpd_discard_ehlo_keywords",
          list(),
          "",
          IMPLEMENTED,
          "2.2",
          "EHLO keywords that no client is told.");

  /** Whether AUTH is named a second time. */
  public static final Parameter<Boolean> BROKEN_SASL_AUTH_CLIENTS =
      Parameter.of(
          "broken_sasl_auth_clients",
          bool(),
          "no",
          IMPLEMENTED,
          "",
          "Announces AUTH a second time in the form that clients of an early draft expect.");

  /** Who is not offered AUTH. */
  public static final Parameter<List<String>> SMTPD_SASL_EXCEPTIONS_NETWORKS =
      Parameter.of(
          "smtpd_sasl_exceptions_networks",
          patterns(),
          "",
          IMPLEMENTED,
          "2.1",
          "Clients to whom AUTH is not offered.");

  /** Whether unknown senders are refused unasked. */
  public static final Parameter<Boolean> SMTPD_REJECT_UNLISTED_SENDER =
      Parameter.of(
          "smtpd_reject_unlisted_sender",
          bool(),
          "no",
          IMPLEMENTED,
          "2.1",
          "Whether senders are refused that belong to a domain of this server and to no"
              + " known address, without any restriction that asks for it.");

  /** Which of two lists goes first. */
  public static final Parameter<Boolean> SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS =
      Parameter.of(
          "smtpd_relay_before_recipient_restrictions",
          bool(),
          "${{$compatibility_level} <level {3.6} ? {no} : {yes}}",
          IMPLEMENTED,
          "3.6",
          "Whether smtpd_relay_restrictions are looked at before"
              + " smtpd_recipient_restrictions.");

  /** What rewrites commands. */
  public static final Parameter<List<String>> SMTPD_COMMAND_FILTER =
      Parameter.of(
          "smtpd_command_filter",
          tables(),
          "",
          IMPLEMENTED,
          "2.7",
          "Tables that rewrite a client's command before it is looked at.");

  /** When the next hop is asked. */
  public static final Parameter<Boolean> SMTPD_DELAY_OPEN_UNTIL_VALID_RCPT =
      Parameter.of(
          "smtpd_delay_open_until_valid_rcpt",
          bool(),
          "yes",
          IMPLEMENTED,
          "2.3",
          "Whether a transaction is opened with the queue only once a recipient was"
              + " accepted.");

  static final List<Parameter<?>> ALL =
      List.of(
          BROKEN_SASL_AUTH_CLIENTS,
          DISABLE_VRFY_COMMAND,
          SMTPD_NOOP_COMMANDS,
          STRICT_RFC821_ENVELOPES,
          SMTPD_REJECT_UNLISTED_SENDER,
          SMTPD_SASL_EXCEPTIONS_NETWORKS,
          SMTPD_DISCARD_EHLO_KEYWORD_ADDRESS_MAPS,
          SMTPD_DISCARD_EHLO_KEYWORDS,
          SMTPD_DELAY_OPEN_UNTIL_VALID_RCPT,
          Parameter.of(
              "smtpd_tls_always_issue_session_ids",
              bool(),
              "yes",
              NOT_IMPLEMENTED,
              "2.3",
              "Whether a TLS session gets an id even if no session cache is in use."),
          Parameter.of(
              "tcp_windowsize",
              integer(0, 0),
              "0",
              NOT_IMPLEMENTED,
              "2.6",
              "The TCP window in bytes that is offered, for routers that break window scaling;"
                  + " 0 leaves it to the kernel."),
          SMTPD_COMMAND_FILTER,
          SMTPD_PER_RECORD_DEADLINE,
          Parameter.of(
              "smtpd_dns_reply_filter",
              tables(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "3.0",
              "Tables that change or drop DNS answers before restrictions see them."),
          SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS,
          Parameter.of(
              "known_tcp_ports",
              string(),
              "lmtp=24, smtp=25, smtps=submissions=465, submission=587",
              NOT_IMPLEMENTED,
              "3.6",
              "Names of ports with their numbers, used instead of the services(5) file."),
          SMTPD_PER_REQUEST_DEADLINE,
          SMTPD_MIN_DATA_RATE);

  private CompatibilityParameters() {}
}
