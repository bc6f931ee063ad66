package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.longInteger;
import static dev.mailservice.maincf.ParameterType.oneOf;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.OWN;

import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;

/** smtpd(8), RESOURCE AND RATE CONTROLS. How much a client may use and how fast. */
public final class RateParameters {
  /** How long a command may be, bytes. */
  public static final Parameter<Integer> LINE_LENGTH_LIMIT =
      Parameter.of(
          "line_length_limit",
          integer(512, 0),
          "2048",
          IMPLEMENTED,
          "",
          "The most bytes of a command line.");

  /** How large a message may be, bytes. */
  public static final Parameter<Long> MESSAGE_SIZE_LIMIT =
      Parameter.of(
          "message_size_limit",
          longInteger(0, 0),
          "10240000",
          IMPLEMENTED,
          "",
          "The most bytes of a message; 0 for no limit.");

  /** How many recipients a message may have. */
  public static final Parameter<Integer> SMTPD_RECIPIENT_LIMIT =
      Parameter.of(
          "smtpd_recipient_limit",
          integer(1, 0),
          "1000",
          IMPLEMENTED,
          "",
          "The most recipients of one message.");

  /** How long the server waits for a client. */
  public static final Parameter<Duration> SMTPD_TIMEOUT =
      Parameter.of(
          "smtpd_timeout",
          time('s', 1, 0),
          "${stress?{10}:{300}}s",
          IMPLEMENTED,
          "",
          "How long the server waits for a client to send or to take something.");

  /** Whether who sends before it may is dropped. */
  public static final Parameter<Boolean> SMTPD_FORBID_UNAUTH_PIPELINING =
      Parameter.of(
          "smtpd_forbid_unauth_pipelining",
          bool(),
          "yes",
          IMPLEMENTED,
          "3.9, 3.8.1, 3.7.6, 3.6.10, 3.5.20",
          "Whether a client is dropped that sends commands before it may.");

  /** What a line feed alone means. */
  public static final Parameter<String> SMTPD_FORBID_BARE_NEWLINE =
      Parameter.of(
          "smtpd_forbid_bare_newline",
          oneOf("normalize", "no", "yes", "note", "reject"),
          "normalize",
          IMPLEMENTED,
          "3.9, 3.8.4, 3.7.9, 3.6.13, 3.5.23",
          "What a line that ends in LF alone means: no end of message (normalize, yes, or note,"
              + " which logs nothing here), an error (reject), or a line like any other (no).");

  /** For whom a line feed alone is a line end. */
  public static final Parameter<List<String>> SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS =
      Parameter.of(
          "smtpd_forbid_bare_newline_exclusions",
          patterns(),
          "$mynetworks",
          IMPLEMENTED,
          "3.9, 3.8.4, 3.7.9, 3.6.13, 3.5.23",
          "Clients to whom smtpd_forbid_bare_newline does not apply.");

  /** The reply code for a line feed alone. */
  public static final Parameter<Integer> SMTPD_FORBID_BARE_NEWLINE_REJECT_CODE =
      Parameter.of(
          "smtpd_forbid_bare_newline_reject_code",
          integer(500, 599),
          "550",
          IMPLEMENTED,
          "3.9, 3.8.5, 3.7.10, 3.6.14, 3.5.24",
          "The reply code of smtpd_forbid_bare_newline = reject.");

  /** Whether clients have names. */
  public static final Parameter<Boolean> SMTPD_PEERNAME_LOOKUP =
      Parameter.of(
          "smtpd_peername_lookup",
          bool(),
          "yes",
          IMPLEMENTED,
          "2.3",
          "Whether a client's name is looked up by its address.");

  /** How many sessions a client may have. */
  public static final Parameter<Integer> SMTPD_CLIENT_CONNECTION_COUNT_LIMIT =
      Parameter.of(
          "smtpd_client_connection_count_limit",
          integer(0, 0),
          "50",
          IMPLEMENTED,
          "2.2",
          "The most sessions of one client at once; 0 for no limit.");

  /** How often a client may connect. */
  public static final Parameter<Integer> SMTPD_CLIENT_CONNECTION_RATE_LIMIT =
      Parameter.of(
          "smtpd_client_connection_rate_limit",
          integer(0, 0),
          "0",
          IMPLEMENTED,
          "2.2",
          "The most connections of one client within anvil_rate_time_unit; 0 for no limit.");

  /** How many messages a client may send. */
  public static final Parameter<Integer> SMTPD_CLIENT_MESSAGE_RATE_LIMIT =
      Parameter.of(
          "smtpd_client_message_rate_limit",
          integer(0, 0),
          "0",
          IMPLEMENTED,
          "2.2",
          "The most messages of one client within anvil_rate_time_unit; 0 for no limit.");

  /** How many recipients a client may name. */
  public static final Parameter<Integer> SMTPD_CLIENT_RECIPIENT_RATE_LIMIT =
      Parameter.of(
          "smtpd_client_recipient_rate_limit",
          integer(0, 0),
          "0",
          IMPLEMENTED,
          "2.2",
          "The most recipients of one client within anvil_rate_time_unit; 0 for no limit.");

  /** Whose doings are not counted. */
  public static final Parameter<List<String>> SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS =
      Parameter.of(
          "smtpd_client_event_limit_exceptions",
          patterns(),
          "${smtpd_client_connection_limit_exceptions:$mynetworks}",
          IMPLEMENTED,
          "2.2",
          "Clients that the limits on connections, messages, recipients and TLS sessions"
              + " leave alone.");

  /** How often a client may begin TLS. */
  public static final Parameter<Integer> SMTPD_CLIENT_NEW_TLS_SESSION_RATE_LIMIT =
      Parameter.of(
          "smtpd_client_new_tls_session_rate_limit",
          integer(0, 0),
          "0",
          IMPLEMENTED,
          "2.3",
          "The most new TLS sessions of one client within anvil_rate_time_unit; 0 for no"
              + " limit.");

  /** How often a client may try to log in. */
  public static final Parameter<Integer> SMTPD_CLIENT_AUTH_RATE_LIMIT =
      Parameter.of(
          "smtpd_client_auth_rate_limit",
          integer(0, 0),
          "0",
          IMPLEMENTED,
          "3.1",
          "The most AUTH commands of one client within anvil_rate_time_unit; 0 for no" + " limit.");

  /** How large a client network is, IPv4. */
  public static final Parameter<Integer> SMTPD_CLIENT_IPV4_PREFIX_LENGTH =
      Parameter.of(
          "smtpd_client_ipv4_prefix_length",
          integer(0, 32),
          "32",
          IMPLEMENTED,
          "3.8",
          "How many leading bits of an IPv4 address make one client for the limits a client"
              + " has.");

  /** How large a client network is, IPv6. */
  public static final Parameter<Integer> SMTPD_CLIENT_IPV6_PREFIX_LENGTH =
      Parameter.of(
          "smtpd_client_ipv6_prefix_length",
          integer(0, 128),
          "84",
          IMPLEMENTED,
          "3.8",
          "How many leading bits of an IPv6 address make one client for the limits a client"
              + " has.");

  /** How long counts are kept, {@code anvil(8)}. */
  public static final Parameter<Duration> ANVIL_RATE_TIME_UNIT =
      Parameter.of(
          "anvil_rate_time_unit",
          time('s', 1, 0),
          "60s",
          IMPLEMENTED,
          "",
          "The time over which connections, messages, recipients, TLS sessions and logins of a client"
              + " are counted, as anvil(8) does in Postfix.");

  /** Which part of the slots one client may hold. */
  public static final Parameter<Integer> SMTPD_CLIENT_SLOT_SHARE_LIMIT =
      Parameter.of(
          "smtpd_client_slot_share_limit",
          integer(0, 100),
          "${stress?25}${stress:0}",
          OWN,
          "",
          "This server's own: the most slots, in percent of all, that one client network may hold at"
              + " once, or an equal part where there are few networks; 0 for no limit. Off when"
              + " calm: a client alone may have them all.");

  /** How long the DNS may take. */
  public static final Parameter<Duration> SMTPD_DNS_TIMEOUT =
      Parameter.of(
          "smtpd_dns_timeout",
          time('s', 1, 0),
          "${stress?2}${stress:10}s",
          OWN,
          "",
          "This server's own: how long all DNS questions about one command may take together; what"
              + " is not answered by then counts as a failure for now.");

  static final List<Parameter<?>> ALL =
      List.of(
          LINE_LENGTH_LIMIT,
          Parameter.of(
              "queue_minfree",
              longInteger(0, 0),
              "0",
              NOT_IMPLEMENTED,
              "",
              "The least free space in bytes of the queue below which no mail is accepted; 0"
                  + " asks for none."),
          MESSAGE_SIZE_LIMIT,
          SMTPD_RECIPIENT_LIMIT,
          SMTPD_TIMEOUT,
          Parameter.of(
              "smtpd_history_flush_threshold",
              integer(1, 0),
              "100",
              NOT_IMPLEMENTED,
              "",
              "The most lines of a session that are kept for a report to the postmaster."),
          SMTPD_PEERNAME_LOOKUP,
          SMTPD_CLIENT_CONNECTION_COUNT_LIMIT,
          SMTPD_CLIENT_CONNECTION_RATE_LIMIT,
          SMTPD_CLIENT_MESSAGE_RATE_LIMIT,
          SMTPD_CLIENT_RECIPIENT_RATE_LIMIT,
          SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS,
          Parameter.of(
              "smtpd_client_connection_limit_exceptions",
              string(),
              "",
              IMPLEMENTED,
              "",
              "Obsolete since 2.2: the older name of smtpd_client_event_limit_exceptions, which"
                  + " takes its default from it."),
          SMTPD_CLIENT_NEW_TLS_SESSION_RATE_LIMIT,
          SMTPD_CLIENT_AUTH_RATE_LIMIT,
          SMTPD_CLIENT_IPV4_PREFIX_LENGTH,
          SMTPD_CLIENT_IPV6_PREFIX_LENGTH,
          ANVIL_RATE_TIME_UNIT,
          SMTPD_CLIENT_SLOT_SHARE_LIMIT,
          SMTPD_DNS_TIMEOUT,
          Parameter.of(
              "header_from_format",
              oneOf("standard", "obsolete"),
              "standard",
              NOT_IMPLEMENTED,
              "3.3",
              "How a From header is written that Postfix adds: name and <address>, or address"
                  + " and (name)."),
          SMTPD_FORBID_UNAUTH_PIPELINING,
          SMTPD_FORBID_BARE_NEWLINE,
          SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS,
          SMTPD_FORBID_BARE_NEWLINE_REJECT_CODE);

  private RateParameters() {}
}
