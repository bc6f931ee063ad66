package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), SASL AUTHENTICATION CONTROLS. Who a client is, as AUTH proves it. */
public final class SaslParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "smtpd_sasl_auth_enable",
              bool(),
              "no",
              NOT_IMPLEMENTED,
              "",
              "Whether the server offers AUTH."),
          Parameter.of(
              "smtpd_sasl_local_domain",
              string(),
              "",
              NOT_IMPLEMENTED,
              "",
              "The realm in which login names are looked up."),
          Parameter.of(
              "smtpd_sasl_security_options",
              list(),
              "noanonymous",
              NOT_IMPLEMENTED,
              "",
              "Properties that an AUTH mechanism must have to be offered."),
          Parameter.of(
              "smtpd_sender_login_maps",
              tables(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "",
              "Tables by sender address of the login names that may use it."),
          Parameter.of(
              "smtpd_sasl_application_name",
              string(),
              "smtpd",
              NOT_IMPLEMENTED,
              "2.1",
              "Obsolete since 2.3: the older name of smtpd_sasl_path."),
          Parameter.of(
              "smtpd_sasl_authenticated_header",
              bool(),
              "no",
              NOT_IMPLEMENTED,
              "2.3",
              "Whether the Received header shows the login name."),
          Parameter.of(
              "smtpd_sasl_path",
              nonEmptyString(),
              "smtpd",
              NOT_IMPLEMENTED,
              "2.3",
              "Where the authentication service is found; its form depends on smtpd_sasl_type."),
          Parameter.of(
              "smtpd_sasl_type",
              nonEmptyString(),
              "cyrus",
              NOT_IMPLEMENTED,
              "2.3",
              "The kind of authentication service, for example dovecot or cyrus."),
          Parameter.of(
              "cyrus_sasl_config_path",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.5",
              "Directories in which Cyrus SASL looks for its configuration."),
          Parameter.of(
              "smtpd_sasl_service",
              nonEmptyString(),
              "smtp",
              NOT_IMPLEMENTED,
              "2.11",
              "The service name that is passed to the authentication service."),
          Parameter.of(
              "smtpd_sasl_response_limit",
              integer(12_288, 0),
              "12288",
              NOT_IMPLEMENTED,
              "3.4",
              "The most bytes of a client's answer within an AUTH exchange."),
          Parameter.of(
              "smtpd_sasl_mechanism_filter",
              patterns(),
              "!external, static:rest",
              NOT_IMPLEMENTED,
              "3.6",
              "Which of the authentication service's mechanisms are offered."));

  private SaslParameters() {}
}
