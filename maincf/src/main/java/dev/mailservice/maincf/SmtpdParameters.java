package dev.mailservice.maincf;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The parameters that the SMTP server knows, each declared once.
 *
 * <p>Names, defaults and meaning are those of postconf(5) and smtpd(8) unless the description says
 * that a parameter is this server's own.
 */
public final class SmtpdParameters {
  private static final List<Parameter<?>> ALL = new ArrayList<>();

  /** The empty string when calm, {@code yes} under stress; STRESS_README. */
  public static final Parameter<String> STRESS =
      declare("stress", string(), "", "Whether the server runs under its stressed personality.");

  /** The host name, by which the server greets. */
  public static final Parameter<String> MYHOSTNAME =
      declare("myhostname", nonEmptyString(), "localhost", "The internet hostname of this server.");

  /** The domain part of the host name. */
  public static final Parameter<String> MYDOMAIN =
      declare("mydomain", string(), "localdomain", "The internet domain name of this server.");

  /** The name after which the banner and the Received header call the software. */
  public static final Parameter<String> MAIL_NAME =
      declare("mail_name", string(), "Postfix", "The mail system name in banner and headers.");

  /** What the server greets with. */
  public static final Parameter<String> SMTPD_BANNER =
      declare(
          "smtpd_banner",
          string(),
          "$myhostname ESMTP $mail_name",
          "The text that follows the 220 status code in the SMTP greeting.");

  /** How many sessions at once. */
  public static final Parameter<Integer> DEFAULT_PROCESS_LIMIT =
      declare(
          "default_process_limit",
          integer(1, 0),
          "100",
          "How many SMTP sessions the server holds at once; a client beyond that waits.");

  /** How long the server waits for a client. */
  public static final Parameter<Duration> SMTPD_TIMEOUT =
      declare(
          "smtpd_timeout",
          time('s', 1, 0),
          "${stress?{10}:{300}}s",
          "How long the server waits for a client to send or to take something.");

  /** Whether {@link #SMTPD_TIMEOUT} limits a whole request. */
  public static final Parameter<Boolean> SMTPD_PER_REQUEST_DEADLINE =
      declare(
          "smtpd_per_request_deadline",
          bool(),
          "${stress?{yes}:{no}}",
          "Whether smtpd_timeout limits a whole request instead of each read.");

  /** The least number of bytes a second that keeps a message's deadline from passing. */
  public static final Parameter<Integer> SMTPD_MIN_DATA_RATE =
      declare(
          "smtpd_min_data_rate",
          integer(1, 0),
          "500",
          "The minimum rate, in bytes a second, of a message under a per-request deadline.");

  /** After how many errors the server slows down. */
  public static final Parameter<Integer> SMTPD_SOFT_ERROR_LIMIT =
      declare(
          "smtpd_soft_error_limit",
          integer(1, 0),
          "10",
          "The number of errors after which the server waits before it replies.");

  /** How long it waits then. */
  public static final Parameter<Duration> SMTPD_ERROR_SLEEP_TIME =
      declare(
          "smtpd_error_sleep_time",
          time('s', 0, 0),
          "1s",
          "How long the server waits before a reply once smtpd_soft_error_limit is reached.");

  /** After how many errors the server hangs up. */
  public static final Parameter<Integer> SMTPD_HARD_ERROR_LIMIT =
      declare(
          "smtpd_hard_error_limit",
          integer(1, 0),
          "${stress?{1}:{20}}",
          "The number of errors after which the server hangs up.");

  /** How many commands that do nothing are no error. */
  public static final Parameter<Integer> SMTPD_JUNK_COMMAND_LIMIT =
      declare(
          "smtpd_junk_command_limit",
          integer(1, 0),
          "${stress?{1}:{100}}",
          "The number of NOOP, RSET and VRFY commands after which each counts as an error.");

  /** How many recipients a message may have. */
  public static final Parameter<Integer> SMTPD_RECIPIENT_LIMIT =
      declare(
          "smtpd_recipient_limit", integer(1, 0), "1000", "The most recipients of one message.");

  /** Whether a client must say HELO or EHLO. */
  public static final Parameter<Boolean> SMTPD_HELO_REQUIRED =
      declare("smtpd_helo_required", bool(), "no", "Whether a client must say HELO or EHLO first.");

  /** How large a message may be. */
  public static final Parameter<Integer> MESSAGE_SIZE_LIMIT =
      declare(
          "message_size_limit",
          integer(0, 0),
          "10240000",
          "The most bytes of a message; 0 for no limit.");

  /** How long a command may be. */
  public static final Parameter<Integer> LINE_LENGTH_LIMIT =
      declare("line_length_limit", integer(1, 0), "2048", "The most bytes of a command line.");

  /** Clients that may relay. */
  public static final Parameter<List<String>> MYNETWORKS =
      declare(
          "mynetworks",
          list(),
          "127.0.0.0/8 [::1]/128",
          "Networks whose clients may relay. The default is loopback alone: behind source NAT every"
              + " client has a node's address.");

  /** Domains whose mail is for here. */
  public static final Parameter<List<String>> MYDESTINATION =
      declare(
          "mydestination",
          list(),
          "$myhostname, localhost.$mydomain, localhost",
          "Domains for which mail is accepted as a final destination.");

  /** Domains whose mail is passed on. */
  public static final Parameter<List<String>> RELAY_DOMAINS =
      declare("relay_domains", list(), "", "Domains for which mail is accepted to be passed on.");

  /** Which domain lists match subdomains as well. */
  public static final Parameter<List<String>> PARENT_DOMAIN_MATCHES_SUBDOMAINS =
      declare(
          "parent_domain_matches_subdomains",
          list(),
          "debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,"
              + "qmqpd_authorized_clients,relay_domains,smtpd_access_maps",
          "Lists in which a domain stands for its subdomains, too.");

  /** Who may relay. */
  public static final Parameter<List<String>> SMTPD_RELAY_RESTRICTIONS =
      declare(
          "smtpd_relay_restrictions",
          list(),
          "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination",
          "Restrictions on relaying, in the context of RCPT TO.");

  /** The next hop. */
  public static final Parameter<String> SMTPD_PROXY_FILTER =
      declare(
          "smtpd_proxy_filter",
          string(),
          "",
          "The next hop, host:port: a message is acknowledged when the next hop has said so.");

  /** How long the next hop may take. */
  public static final Parameter<Duration> SMTPD_PROXY_TIMEOUT =
      declare(
          "smtpd_proxy_timeout",
          time('s', 1, 0),
          "100s",
          "How long the server waits to connect to the next hop and for each of its replies.");

  /** The name by which the server greets the next hop. */
  public static final Parameter<String> SMTPD_PROXY_EHLO =
      declare("smtpd_proxy_ehlo", string(), "$myhostname", "How the server greets the next hop.");

  /** How many next-hop sessions at once. */
  public static final Parameter<Integer> SMTPD_PROXY_CONCURRENCY_LIMIT =
      declare(
          "smtpd_proxy_concurrency_limit",
          integer(1, 0),
          "45",
          "This server's own: how many next-hop sessions it holds at once; a Postfix next hop"
              + " allows 50 a client.");

  /** How long a transaction waits for one of them. */
  public static final Parameter<Duration> SMTPD_PROXY_CONCURRENCY_TIMEOUT =
      declare(
          "smtpd_proxy_concurrency_timeout",
          time('s', 1, 0),
          "${stress?{5}:{30}}s",
          "This server's own: how long a transaction waits for a free next-hop session before the"
              + " client is told 451.");

  /** How many clients may wait. */
  public static final Parameter<Integer> SMTPD_LISTEN_BACKLOG =
      declare(
          "smtpd_listen_backlog",
          integer(1, 0),
          "4096",
          "This server's own: how many clients may wait, connected, for a free slot; the kernel's"
              + " net.core.somaxconn bounds it.");

  /**
   * Parameters of Postfix that filter or restrict mail and that the server does not implement.
   * Setting one is an error: to ignore it would let mail through that it was meant to stop.
   */
  public static final Set<String> RESTRICTIVE_NOT_IMPLEMENTED =
      Set.of(
          "body_checks",
          "content_filter",
          "header_checks",
          "local_recipient_maps",
          "mime_header_checks",
          "nested_header_checks",
          "relay_recipient_maps",
          "smtpd_client_connection_count_limit",
          "smtpd_client_connection_rate_limit",
          "smtpd_client_message_rate_limit",
          "smtpd_client_recipient_rate_limit",
          "smtpd_client_restrictions",
          "smtpd_data_restrictions",
          "smtpd_end_of_data_restrictions",
          "smtpd_etrn_restrictions",
          "smtpd_forbidden_commands",
          "smtpd_helo_restrictions",
          "smtpd_milters",
          "smtpd_recipient_restrictions",
          "smtpd_sender_login_maps",
          "smtpd_sender_restrictions",
          "smtpd_tls_auth_only",
          "smtpd_tls_req_ccert",
          "smtpd_tls_security_level");

  private SmtpdParameters() {}

  /** All of them, in the order of their declaration. */
  public static List<Parameter<?>> all() {
    return List.copyOf(ALL);
  }

  /**
   * Reads every parameter once, so that whatever is wrong shows before the server starts.
   *
   * @return everything wrong or doubtful, errors and warnings, in one go; empty is a clean bill
   */
  public static List<Diagnostic> check(Configuration configuration) {
    List<Diagnostic> errors = typeErrors(configuration);
    return errors.isEmpty() ? strangers(configuration) : errors;
  }

  private static List<Diagnostic> typeErrors(Configuration configuration) {
    var found = new ArrayList<Diagnostic>();
    for (Parameter<?> parameter : ALL) {
      try {
        configuration.get(parameter);
      } catch (MainCfException e) {
        found.add(e.diagnostic());
      }
    }
    for (String name : configuration.names()) {
      try {
        configuration.expand(name);
      } catch (MainCfException e) {
        found.add(e.diagnostic());
      }
    }
    return found.stream().distinct().toList();
  }

  /** Names that the file sets and the server does not know. */
  private static List<Diagnostic> strangers(Configuration configuration) {
    Set<String> referenced = configuration.references();
    var found = new ArrayList<Diagnostic>();
    for (String name : configuration.names()) {
      if (ALL.stream().anyMatch(it -> it.name().equals(name)) || referenced.contains(name)) {
        continue;
      }
      Position position = configuration.position(name).orElseThrow();
      String value = configuration.expand(name).orElse("");
      if (!RESTRICTIVE_NOT_IMPLEMENTED.contains(name)) {
        found.add(
            Diagnostic.warning(
                position,
                "unused parameter: %s=%s, this server does not use it".formatted(name, value)));
      } else if (!value.isEmpty()) {
        found.add(
            Diagnostic.error(
                position,
                ("%s = %s is not implemented, and to ignore it would let mail through that it"
                        + " stops: remove it, or let the next hop do it")
                    .formatted(name, value)));
      }
    }
    return found;
  }

  private static <T> Parameter<T> declare(
      String name, ParameterType<T> type, String defaultExpression, String description) {
    var parameter =
        Parameter.of(name, type, defaultExpression, Support.IMPLEMENTED, "", description);
    ALL.add(parameter);
    return parameter;
  }
}
