package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;

/**
 * smtpd(8), ACCESS POLICY DELEGATION CONTROLS. How check_policy_service asks another server what it
 * thinks.
 */
public final class PolicyServiceParameters {
  /** How long an idle connection is kept. */
  public static final Parameter<Duration> SMTPD_POLICY_SERVICE_MAX_IDLE =
      Parameter.of(
          "smtpd_policy_service_max_idle",
          time('s', 1, 0),
          "300s",
          IMPLEMENTED,
          "2.1",
          "How long an unused connection to a policy server is kept.");

  /** How long a connection is kept at all. */
  public static final Parameter<Duration> SMTPD_POLICY_SERVICE_MAX_TTL =
      Parameter.of(
          "smtpd_policy_service_max_ttl",
          time('s', 1, 0),
          "1000s",
          IMPLEMENTED,
          "2.1",
          "How long a connection to a policy server is kept at all.");

  /** How long an answer may take. */
  public static final Parameter<Duration> SMTPD_POLICY_SERVICE_TIMEOUT =
      Parameter.of(
          "smtpd_policy_service_timeout",
          time('s', 1, 0),
          "100s",
          IMPLEMENTED,
          "2.1",
          "How long to wait to connect to a policy server and for its answer.");

  /** What follows when there is no answer. */
  public static final Parameter<String> SMTPD_POLICY_SERVICE_DEFAULT_ACTION =
      Parameter.of(
          "smtpd_policy_service_default_action",
          nonEmptyString(),
          "451 4.3.5 Server configuration problem",
          IMPLEMENTED,
          "3.0",
          "What applies when a policy server does not answer.");

  /** How many questions a connection is good for. */
  public static final Parameter<Integer> SMTPD_POLICY_SERVICE_REQUEST_LIMIT =
      Parameter.of(
          "smtpd_policy_service_request_limit",
          integer(0, 0),
          "0",
          IMPLEMENTED,
          "3.0",
          "The most questions over one connection to a policy server; 0 for no limit.");

  /** How often a question is put. */
  public static final Parameter<Integer> SMTPD_POLICY_SERVICE_TRY_LIMIT =
      Parameter.of(
          "smtpd_policy_service_try_limit",
          integer(1, 0),
          "2",
          IMPLEMENTED,
          "3.0",
          "How often a question is put before a policy server is given up.");

  /** The time between two tries. */
  public static final Parameter<Duration> SMTPD_POLICY_SERVICE_RETRY_DELAY =
      Parameter.of(
          "smtpd_policy_service_retry_delay",
          time('s', 1, 0),
          "1s",
          IMPLEMENTED,
          "3.0",
          "How long to wait before a question is put again.");

  /** By which a server tells its askers apart. */
  public static final Parameter<String> SMTPD_POLICY_SERVICE_POLICY_CONTEXT =
      Parameter.of(
          "smtpd_policy_service_policy_context",
          string(),
          "",
          IMPLEMENTED,
          "3.1",
          "A text that each question carries, by which a policy server tells its askers"
              + " apart.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_POLICY_SERVICE_MAX_IDLE,
          SMTPD_POLICY_SERVICE_MAX_TTL,
          SMTPD_POLICY_SERVICE_TIMEOUT,
          SMTPD_POLICY_SERVICE_DEFAULT_ACTION,
          SMTPD_POLICY_SERVICE_REQUEST_LIMIT,
          SMTPD_POLICY_SERVICE_TRY_LIMIT,
          SMTPD_POLICY_SERVICE_RETRY_DELAY,
          SMTPD_POLICY_SERVICE_POLICY_CONTEXT);

  private PolicyServiceParameters() {}
}
