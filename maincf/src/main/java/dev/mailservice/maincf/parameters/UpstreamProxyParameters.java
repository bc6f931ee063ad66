package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.oneOf;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.OWN;

import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;

/**
 * smtpd(8), BEFORE-SMTPD PROXY AGENT. What stands between the clients and this server and tells it
 * their addresses.
 */
public final class UpstreamProxyParameters {
  /** How a proxy says who the client is. */
  public static final Parameter<String> SMTPD_UPSTREAM_PROXY_PROTOCOL =
      Parameter.of(
          "smtpd_upstream_proxy_protocol",
          oneOf("", "haproxy"),
          "",
          IMPLEMENTED,
          "2.10",
          "The protocol by which a proxy in front of the server says who the client is;"
              + " empty or haproxy.");

  /** How long a proxy may take to say it. */
  public static final Parameter<Duration> SMTPD_UPSTREAM_PROXY_TIMEOUT =
      Parameter.of(
          "smtpd_upstream_proxy_timeout",
          time('s', 1, 0),
          "5s",
          IMPLEMENTED,
          "2.10",
          "How long the server waits for the proxy in front of it to name the client.");

  /** Whose word counts. */
  public static final Parameter<List<String>> SMTPD_UPSTREAM_PROXY_HOSTS =
      Parameter.of(
          "smtpd_upstream_proxy_hosts",
          patterns(),
          "",
          OWN,
          "",
          "This server's own: the proxies that may say who the client is; whoever else speaks"
              + " smtpd_upstream_proxy_protocol is a client as any other. 0.0.0.0/0 ::/0 trusts"
              + " everybody, as Postfix does.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_UPSTREAM_PROXY_PROTOCOL, SMTPD_UPSTREAM_PROXY_TIMEOUT, SMTPD_UPSTREAM_PROXY_HOSTS);

  private UpstreamProxyParameters() {}
}
