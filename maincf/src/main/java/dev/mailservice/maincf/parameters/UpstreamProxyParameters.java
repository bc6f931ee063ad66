package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), BEFORE-SMTPD PROXY AGENT. What stands between the clients and this server and tells it
 * their addresses.
 */
public final class UpstreamProxyParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "smtpd_upstream_proxy_protocol",
              string(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.10",
              "The protocol by which a proxy in front of the server says who the client is;"
                  + " empty or haproxy."),
          Parameter.of(
              "smtpd_upstream_proxy_timeout",
              time('s', 1, 0),
              "5s",
              NOT_IMPLEMENTED,
              "2.10",
              "How long the server waits for the proxy in front of it to name the client."));

  private UpstreamProxyParameters() {}
}
