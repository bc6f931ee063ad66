package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), ACCESS POLICY DELEGATION CONTROLS. How check_policy_service asks another server what it
 * thinks.
 */
public final class PolicyServiceParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "smtpd_policy_service_max_idle",
              time('s', 1, 0),
              "300s",
              NOT_IMPLEMENTED,
              "2.1",
              "How long an unused connection to a policy server is kept."),
          Parameter.of(
              "smtpd_policy_service_max_ttl",
              time('s', 1, 0),
              "1000s",
              NOT_IMPLEMENTED,
              "2.1",
              "How long a connection to a policy server is kept at all."),
          Parameter.of(
              "smtpd_policy_service_timeout",
              time('s', 1, 0),
              "100s",
              NOT_IMPLEMENTED,
              "2.1",
              "How long to wait to connect to a policy server and for its answer."),
          Parameter.of(
              "smtpd_policy_service_default_action",
              nonEmptyString(),
              "451 4.3.5 Server configuration problem",
              NOT_IMPLEMENTED,
              "3.0",
              "What applies when a policy server does not answer."),
          Parameter.of(
              "smtpd_policy_service_request_limit",
              integer(0, 0),
              "0",
              NOT_IMPLEMENTED,
              "3.0",
              "The most questions over one connection to a policy server; 0 for no limit."),
          Parameter.of(
              "smtpd_policy_service_try_limit",
              integer(1, 0),
              "2",
              NOT_IMPLEMENTED,
              "3.0",
              "How often a question is put before a policy server is given up."),
          Parameter.of(
              "smtpd_policy_service_retry_delay",
              time('s', 1, 0),
              "1s",
              NOT_IMPLEMENTED,
              "3.0",
              "How long to wait before a question is put again."),
          Parameter.of(
              "smtpd_policy_service_policy_context",
              string(),
              "",
              NOT_IMPLEMENTED,
              "3.1",
              "A text that each question carries, by which a policy server tells its askers"
                  + " apart."));

  private PolicyServiceParameters() {}
}
