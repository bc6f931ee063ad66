package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), BEFORE QUEUE MILTER CONTROLS. Filters that speak Sendmail's Milter protocol and see a
 * message before it is accepted.
 */
public final class MilterParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "smtpd_milters",
              list(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.3",
              "The Milters that see each client's commands and message before it is accepted."),
          Parameter.of(
              "milter_protocol",
              nonEmptyString(),
              "6",
              NOT_IMPLEMENTED,
              "2.3",
              "The version of the Milter protocol, with names of extensions if need be."),
          Parameter.of(
              "milter_default_action",
              nonEmptyString(),
              "tempfail",
              NOT_IMPLEMENTED,
              "2.3",
              "What happens to a message when a Milter does not answer as it should."),
          Parameter.of(
              "milter_macro_daemon_name",
              nonEmptyString(),
              "$myhostname",
              NOT_IMPLEMENTED,
              "2.3",
              "The value of the Milter macro {daemon_name}."),
          Parameter.of(
              "milter_macro_v",
              nonEmptyString(),
              "$mail_name $mail_version",
              NOT_IMPLEMENTED,
              "2.3",
              "The value of the Milter macro {v}."),
          Parameter.of(
              "milter_connect_timeout",
              time('s', 1, 0),
              "30s",
              NOT_IMPLEMENTED,
              "2.3",
              "How long to wait to connect to a Milter and to agree on options with it."),
          Parameter.of(
              "milter_command_timeout",
              time('s', 1, 0),
              "30s",
              NOT_IMPLEMENTED,
              "2.3",
              "How long to wait for a Milter's answer to an SMTP command."),
          Parameter.of(
              "milter_content_timeout",
              time('s', 1, 0),
              "300s",
              NOT_IMPLEMENTED,
              "2.3",
              "How long to wait for a Milter to take or judge message content."),
          Parameter.of(
              "milter_connect_macros",
              string(),
              "j {daemon_name} {daemon_addr} v _",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter gets after a client has connected."),
          Parameter.of(
              "milter_helo_macros",
              string(),
              "{tls_version} {cipher} {cipher_bits} {cert_subject} {cert_issuer}",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter gets after HELO or EHLO."),
          Parameter.of(
              "milter_mail_macros",
              string(),
              "i {auth_type} {auth_authen} {auth_author} {mail_addr} {mail_host} {mail_mailer}",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter gets after MAIL FROM."),
          Parameter.of(
              "milter_rcpt_macros",
              string(),
              "i {rcpt_addr} {rcpt_host} {rcpt_mailer}",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter gets after RCPT TO."),
          Parameter.of(
              "milter_data_macros",
              string(),
              "i",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter of protocol 4 or later gets after DATA."),
          Parameter.of(
              "milter_unknown_command_macros",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter of protocol 3 or later gets after a command that the server"
                  + " does not know."),
          Parameter.of(
              "milter_end_of_header_macros",
              string(),
              "i",
              NOT_IMPLEMENTED,
              "2.5",
              "Macros that a Milter gets when a message's header is complete."),
          Parameter.of(
              "milter_end_of_data_macros",
              string(),
              "i",
              NOT_IMPLEMENTED,
              "2.3",
              "Macros that a Milter gets when a message is complete."),
          Parameter.of(
              "milter_macro_defaults",
              string(),
              "",
              NOT_IMPLEMENTED,
              "3.1",
              "Values of macros for which the server has none of its own, name=value."),
          Parameter.of(
              "smtpd_milter_maps",
              tables(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "3.2",
              "Tables by client address of the Milters for this client, instead of"
                  + " smtpd_milters."));

  private MilterParameters() {}
}
