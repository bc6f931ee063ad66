package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.rawString;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), TROUBLE SHOOTING CONTROLS. What is logged, reported and said when something goes wrong.
 */
public final class TroubleShootingParameters {
  /** Text behind each refusal. */
  public static final Parameter<String> SMTPD_REJECT_FOOTER =
      Parameter.of(
          "smtpd_reject_footer",
          rawString(0, 0),
          "",
          IMPLEMENTED,
          "2.8",
          "Text behind each 4xx and 5xx reply.");

  /** Whether nothing is refused for good. */
  public static final Parameter<Boolean> SOFT_BOUNCE =
      Parameter.of(
          "soft_bounce",
          bool(),
          "no",
          IMPLEMENTED,
          "",
          "Whether every permanent reply becomes a temporary one.");

  /** Who may stand for another client. */
  public static final Parameter<List<String>> SMTPD_AUTHORIZED_XCLIENT_HOSTS =
      Parameter.of(
          "smtpd_authorized_xclient_hosts",
          patterns(),
          "",
          IMPLEMENTED,
          "2.1",
          "Clients that may put on another client's identity with XCLIENT.");

  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "debug_peer_level",
              integer(1, 0),
              "2",
              NOT_IMPLEMENTED,
              "",
              "By how much logging increases for a host in debug_peer_list."),
          Parameter.of(
              "debug_peer_list",
              patterns(),
              "",
              NOT_IMPLEMENTED,
              "",
              "Hosts of whose sessions more is logged."),
          Parameter.of(
              "error_notice_recipient",
              nonEmptyString(),
              "postmaster",
              NOT_IMPLEMENTED,
              "",
              "Who is told of errors of policy, resources, software and protocol."),
          Parameter.of(
              "internal_mail_filter_classes",
              list(),
              "",
              NOT_IMPLEMENTED,
              "2.3",
              "Kinds of mail that Postfix itself writes and that filters see all the same."),
          Parameter.of(
              "notify_classes",
              list(),
              "resource, software",
              NOT_IMPLEMENTED,
              "",
              "Kinds of error of which the postmaster is told by mail."),
          SMTPD_REJECT_FOOTER,
          SOFT_BOUNCE,
          SMTPD_AUTHORIZED_XCLIENT_HOSTS,
          Parameter.of(
              "smtpd_log_access_permit_actions",
              patterns(),
              "",
              NOT_IMPLEMENTED,
              "2.10",
              "Permitting restrictions that are logged when they apply."),
          Parameter.of(
              "smtpd_reject_filter_maps",
              tables(),
              "",
              NOT_IMPLEMENTED,
              "3.11",
              "Tables that change the text of a 4xx or 5xx reply."),
          Parameter.of(
              "bounce_notice_recipient",
              nonEmptyString(),
              "postmaster",
              NOT_IMPLEMENTED,
              "",
              "Who gets the copies of undeliverable mail that notify_classes asks for."));

  private TroubleShootingParameters() {}
}
