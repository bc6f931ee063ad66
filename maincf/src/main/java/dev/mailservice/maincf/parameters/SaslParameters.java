package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), SASL AUTHENTICATION CONTROLS. Who a client is, as AUTH proves it. */
public final class SaslParameters {
  /** Whether clients may log in. */
  public static final Parameter<Boolean> SMTPD_SASL_AUTH_ENABLE =
      Parameter.of(
          "smtpd_sasl_auth_enable",
          bool(),
          "no",
          IMPLEMENTED,
          "",
          "Whether the server offers AUTH.");

  /** What a mechanism must have. */
  public static final Parameter<List<String>> SMTPD_SASL_SECURITY_OPTIONS =
      Parameter.of(
          "smtpd_sasl_security_options",
          list(),
          "noanonymous",
          IMPLEMENTED,
          "",
          "Properties that an AUTH mechanism must have to be offered.");

  /** Whether the Received header tells who logged in. */
  public static final Parameter<Boolean> SMTPD_SASL_AUTHENTICATED_HEADER =
      Parameter.of(
          "smtpd_sasl_authenticated_header",
          bool(),
          "no",
          IMPLEMENTED,
          "2.3",
          "Whether the Received header shows the login name.");

  /** Where the authentication service is. */
  public static final Parameter<String> SMTPD_SASL_PATH =
      Parameter.of(
          "smtpd_sasl_path",
          nonEmptyString(),
          "smtpd",
          IMPLEMENTED,
          "2.3",
          "Where the authentication service is found; its form depends on smtpd_sasl_type.");

  /** What kind of service it is. */
  public static final Parameter<String> SMTPD_SASL_TYPE =
      Parameter.of(
          "smtpd_sasl_type",
          nonEmptyString(),
          "cyrus",
          IMPLEMENTED,
          "2.3",
          "The kind of authentication service, for example dovecot or cyrus.");

  /** What the service is told this one is. */
  public static final Parameter<String> SMTPD_SASL_SERVICE =
      Parameter.of(
          "smtpd_sasl_service",
          nonEmptyString(),
          "smtp",
          IMPLEMENTED,
          "2.11",
          "The service name that is passed to the authentication service.");

  /** How much a client may say to log in. */
  public static final Parameter<Integer> SMTPD_SASL_RESPONSE_LIMIT =
      Parameter.of(
          "smtpd_sasl_response_limit",
          integer(12_288, 0),
          "12288",
          IMPLEMENTED,
          "3.4",
          "The most bytes of a client's answer within an AUTH exchange.");

  /** Which mechanisms are offered. */
  public static final Parameter<List<String>> SMTPD_SASL_MECHANISM_FILTER =
      Parameter.of(
          "smtpd_sasl_mechanism_filter",
          patterns(),
          "!external, static:rest",
          IMPLEMENTED,
          "3.6",
          "Which of the authentication service's mechanisms are offered.");

  /** Who may send as whom. */
  public static final Parameter<List<String>> SMTPD_SENDER_LOGIN_MAPS =
      Parameter.of(
          "smtpd_sender_login_maps",
          tables(),
          "",
          IMPLEMENTED,
          "",
          "Tables by sender address of the login names that may use it.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_SASL_AUTH_ENABLE,
          Parameter.of(
              "smtpd_sasl_local_domain",
              string(),
              "",
              NOT_IMPLEMENTED,
              "",
              "The realm in which login names are looked up."),
          SMTPD_SASL_SECURITY_OPTIONS,
          SMTPD_SENDER_LOGIN_MAPS,
          Parameter.of(
              "smtpd_sasl_application_name",
              string(),
              "smtpd",
              NOT_IMPLEMENTED,
              "2.1",
              "Obsolete since 2.3: the older name of smtpd_sasl_path."),
          SMTPD_SASL_AUTHENTICATED_HEADER,
          SMTPD_SASL_PATH,
          SMTPD_SASL_TYPE,
          Parameter.of(
              "cyrus_sasl_config_path",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.5",
              "Directories in which Cyrus SASL looks for its configuration."),
          SMTPD_SASL_SERVICE,
          SMTPD_SASL_RESPONSE_LIMIT,
          SMTPD_SASL_MECHANISM_FILTER);

  private SaslParameters() {}
}
