package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), MISCELLANEOUS CONTROLS. Names, places and processes. */
public final class MiscellaneousParameters {
  /** What banner and Received header call the software. */
  public static final Parameter<String> MAIL_NAME =
      Parameter.of(
          "mail_name",
          nonEmptyString(),
          "Postfix",
          IMPLEMENTED,
          "",
          "The mail system's name in banner and headers.");

  /** The host name, by which the server greets. */
  public static final Parameter<String> MYHOSTNAME =
      Parameter.of(
          "myhostname",
          nonEmptyString(),
          "localhost",
          IMPLEMENTED,
          "",
          "The internet host name of this server, by which it greets.");

  /** What stands before a program's name in the log. */
  public static final Parameter<String> SYSLOG_NAME =
      Parameter.of(
          "syslog_name",
          nonEmptyString(),
          "${multi_instance_name?{$multi_instance_name}:{postfix}}",
          IMPLEMENTED,
          "",
          "What stands before a program's name in the log.");

  /** Clients that may relay. */
  public static final Parameter<List<String>> MYNETWORKS =
      Parameter.of(
          "mynetworks",
          patterns(),
          "127.0.0.0/8 [::1]/128",
          IMPLEMENTED,
          "",
          "Networks whose clients may relay. The default is loopback alone: behind source NAT"
              + " every client has a node's address.");

  /** What the server greets with. */
  public static final Parameter<String> SMTPD_BANNER =
      Parameter.of(
          "smtpd_banner",
          nonEmptyString(),
          "$myhostname ESMTP $mail_name",
          IMPLEMENTED,
          "",
          "The text that follows the 220 status code in the SMTP greeting.");

  /** The address of mail without a bounce of its own. */
  public static final Parameter<String> DOUBLE_BOUNCE_SENDER =
      Parameter.of(
          "double_bounce_sender",
          nonEmptyString(),
          "double-bounce",
          IMPLEMENTED,
          "",
          "The sender address of mail whose own bounce is to be discarded.");

  /** The domain of addresses that have none. */
  public static final Parameter<String> MYORIGIN =
      Parameter.of(
          "myorigin",
          nonEmptyString(),
          "$myhostname",
          IMPLEMENTED,
          "",
          "The domain of addresses that have none: recipient tables may hold the user alone for"
              + " it.");

  /** Where names of files that are not absolute begin. */
  public static final Parameter<String> QUEUE_DIRECTORY =
      Parameter.of(
          "queue_directory",
          nonEmptyString(),
          "/var/spool/postfix",
          IMPLEMENTED,
          "",
          "The directory of the queue. There is none here; names of tables that are not absolute"
              + " begin there.");

  /** What separates an extension. */
  public static final Parameter<String> RECIPIENT_DELIMITER =
      Parameter.of(
          "recipient_delimiter",
          string(),
          "",
          IMPLEMENTED,
          "",
          "Characters that part a recipient's name from its extension.");

  /** Commands that no mail client says. */
  public static final Parameter<List<String>> SMTPD_FORBIDDEN_COMMANDS =
      Parameter.of(
          "smtpd_forbidden_commands",
          patterns(),
          "CONNECT GET POST regexp:{{/^[^A-Z]/ Bogus}}",
          IMPLEMENTED,
          "2.2",
          "Commands at which the server hangs up.");

  /** Text behind refusals, by their text. */
  public static final Parameter<List<String>> SMTPD_REJECT_FOOTER_MAPS =
      Parameter.of(
          "smtpd_reject_footer_maps",
          tables(),
          "",
          IMPLEMENTED,
          "3.4",
          "Tables by reply of the text that takes smtpd_reject_footer's place.");

  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "config_directory",
              string(),
              "/etc/postfix",
              NOT_IMPLEMENTED,
              "",
              "The directory of main.cf."),
          Parameter.of(
              "daemon_timeout",
              time('s', 1, 0),
              "18000s",
              NOT_IMPLEMENTED,
              "",
              "How long a process may take for a request before it is ended."),
          Parameter.of(
              "command_directory",
              nonEmptyString(),
              "/usr/sbin",
              NOT_IMPLEMENTED,
              "",
              "The directory of the administrator's commands."),
          DOUBLE_BOUNCE_SENDER,
          Parameter.of(
              "ipc_timeout",
              time('s', 1, 0),
              "3600s",
              NOT_IMPLEMENTED,
              "",
              "How long an exchange between two processes may take."),
          MAIL_NAME,
          Parameter.of(
              "mail_owner",
              nonEmptyString(),
              "postfix",
              NOT_IMPLEMENTED,
              "",
              "The user that owns the queue."),
          Parameter.of(
              "max_idle",
              time('s', 1, 0),
              "100s",
              NOT_IMPLEMENTED,
              "",
              "How long a process without work waits for some before it ends."),
          Parameter.of(
              "max_use",
              integer(1, 0),
              "100",
              NOT_IMPLEMENTED,
              "",
              "How many sessions a process serves before it ends."),
          MYHOSTNAME,
          MYNETWORKS,
          MYORIGIN,
          Parameter.of(
              "process_id", string(), "", NOT_IMPLEMENTED, "", "Read only: the process id."),
          Parameter.of(
              "process_name",
              string(),
              "smtpd",
              NOT_IMPLEMENTED,
              "",
              "Read only: the program's name."),
          QUEUE_DIRECTORY,
          RECIPIENT_DELIMITER,
          SMTPD_BANNER,
          Parameter.of(
              "syslog_facility",
              nonEmptyString(),
              "mail",
              NOT_IMPLEMENTED,
              "",
              "The facility under which log lines are filed."),
          SYSLOG_NAME,
          SMTPD_FORBIDDEN_COMMANDS,
          Parameter.of(
              "smtpd_client_port_logging",
              bool(),
              "no",
              NOT_IMPLEMENTED,
              "2.5",
              "Whether a client's port is logged beside its address."),
          Parameter.of(
              "service_name",
              string(),
              "smtpd",
              NOT_IMPLEMENTED,
              "3.3",
              "Read only: the service's name in master.cf."),
          SMTPD_REJECT_FOOTER_MAPS,
          Parameter.of(
              "smtpd_hide_client_session",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "3.10",
              "Whether the Received header keeps the client's name and address to itself."));

  private MiscellaneousParameters() {}
}
