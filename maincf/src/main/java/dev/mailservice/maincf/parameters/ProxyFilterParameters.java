package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.destination;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.OWN;

import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;

/**
 * smtpd(8), BEFORE QUEUE EXTERNAL CONTENT INSPECTION CONTROLS. The next hop: every message is
 * handed on to it before the client hears that it is accepted.
 */
public final class ProxyFilterParameters {
  /** The next hop. */
  public static final Parameter<String> SMTPD_PROXY_FILTER =
      Parameter.of(
          "smtpd_proxy_filter",
          destination(),
          "",
          IMPLEMENTED,
          "2.1",
          "The next hop, host:port or unix:/path; a message is acknowledged when the next hop has"
              + " said so.");

  /** The name by which the server greets the next hop. */
  public static final Parameter<String> SMTPD_PROXY_EHLO =
      Parameter.of(
          "smtpd_proxy_ehlo",
          string(),
          "$myhostname",
          IMPLEMENTED,
          "2.1",
          "The name by which the server greets the next hop.");

  /** How long the next hop may take. */
  public static final Parameter<Duration> SMTPD_PROXY_TIMEOUT =
      Parameter.of(
          "smtpd_proxy_timeout",
          time('s', 1, 0),
          "100s",
          IMPLEMENTED,
          "2.1",
          "How long the server waits to connect to the next hop and for each of its replies.");

  /** How many next-hop sessions at once. */
  public static final Parameter<Integer> SMTPD_PROXY_CONCURRENCY_LIMIT =
      Parameter.of(
          "smtpd_proxy_concurrency_limit",
          integer(1, 0),
          "45",
          OWN,
          "",
          "This server's own: how many next-hop sessions it holds at once; a Postfix next hop"
              + " allows 50 a client.");

  /** How long a transaction waits for one of them. */
  public static final Parameter<Duration> SMTPD_PROXY_CONCURRENCY_TIMEOUT =
      Parameter.of(
          "smtpd_proxy_concurrency_timeout",
          time('s', 1, 0),
          "${stress?{5}:{30}}s",
          OWN,
          "",
          "This server's own: how long a transaction waits for a free next-hop session before"
              + " the client is told 451.");

  /** Whether a message is received whole before the next hop hears of it. */
  public static final Parameter<List<String>> SMTPD_PROXY_OPTIONS =
      Parameter.of(
          "smtpd_proxy_options",
          list(),
          "",
          IMPLEMENTED,
          "2.7",
          "Options of the exchange with the next hop; speed_adjust takes in a whole message"
              + " before it connects.");

  /** How long a next-hop session waits for the next message. */
  public static final Parameter<Duration> SMTPD_PROXY_CONNECTION_CACHE_TIME_LIMIT =
      Parameter.of(
          "smtpd_proxy_connection_cache_time_limit",
          time('s', 0, 0),
          "2s",
          OWN,
          "",
          "This server's own: how long a next-hop session is kept idle after a message, for the"
              + " next message of any client; 0 opens a session for each message, as Postfix does.");

  /** How old a next-hop session becomes. */
  public static final Parameter<Duration> SMTPD_PROXY_CONNECTION_REUSE_TIME_LIMIT =
      Parameter.of(
          "smtpd_proxy_connection_reuse_time_limit",
          time('s', 1, 0),
          "300s",
          OWN,
          "",
          "This server's own: the age at which a next-hop session is used for no further"
              + " message, so that mail moves to where a next hop's name leads now.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_PROXY_FILTER,
          SMTPD_PROXY_EHLO,
          SMTPD_PROXY_OPTIONS,
          SMTPD_PROXY_TIMEOUT,
          SMTPD_PROXY_CONCURRENCY_LIMIT,
          SMTPD_PROXY_CONCURRENCY_TIMEOUT,
          SMTPD_PROXY_CONNECTION_CACHE_TIME_LIMIT,
          SMTPD_PROXY_CONNECTION_REUSE_TIME_LIMIT);

  private ProxyFilterParameters() {}
}
