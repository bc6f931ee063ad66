package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.oneOf;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;
import static dev.mailservice.maincf.Support.OWN;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * What every Postfix program reads, or master(8) reads for this one, and what other defaults refer
 * to.
 */
public final class ProcessParameters {
  /** The empty string when calm, {@code yes} under stress; STRESS_README. */
  public static final Parameter<String> STRESS =
      Parameter.of(
          "stress",
          string(),
          "",
          IMPLEMENTED,
          "2.5",
          "Empty when calm, yes when the server runs under its stressed personality.");

  /** For which version a file was written; COMPATIBILITY_README. */
  public static final Parameter<String> COMPATIBILITY_LEVEL =
      Parameter.of(
          "compatibility_level",
          string(),
          "0",
          IMPLEMENTED,
          "3.0",
          "The Postfix version whose defaults a file was written for.");

  /** How many sessions at once. */
  public static final Parameter<Integer> DEFAULT_PROCESS_LIMIT =
      Parameter.of(
          "default_process_limit",
          integer(1, 0),
          "100",
          IMPLEMENTED,
          "",
          "How many SMTP sessions the server holds at once; a client beyond that waits.");

  /** How many clients may wait. */
  public static final Parameter<Integer> SMTPD_LISTEN_BACKLOG =
      Parameter.of(
          "smtpd_listen_backlog",
          integer(1, 0),
          "4096",
          OWN,
          "",
          "This server's own: how many clients may wait, connected, for a free slot; the"
              + " kernel's net.core.somaxconn bounds it.");

  /** How the mail log looks. */
  public static final Parameter<String> MAILLOG_FORMAT =
      Parameter.of(
          "maillog_format",
          oneOf("text", "json"),
          "text",
          OWN,
          "",
          "This server's own: how the mail log looks, text as in Postfix's maillog_file or one"
              + " JSON object a line; read when the server starts.");

  /** The domain part of the host name. */
  public static final Parameter<String> MYDOMAIN =
      Parameter.of(
          "mydomain",
          string(),
          "localdomain",
          IMPLEMENTED,
          "",
          "The internet domain of this server.");

  static final List<Parameter<?>> ALL =
      List.of(
          STRESS,
          COMPATIBILITY_LEVEL,
          DEFAULT_PROCESS_LIMIT,
          SMTPD_LISTEN_BACKLOG,
          MAILLOG_FORMAT,
          MYDOMAIN,
          Parameter.of(
              "mail_version",
              nonEmptyString(),
              "3.11",
              NOT_IMPLEMENTED,
              "",
              "Read only: the Postfix version whose parameters and defaults this server"
                  + " follows."),
          Parameter.of(
              "multi_instance_name",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.6",
              "The name of one Postfix among several on a host."));

  private ProcessParameters() {}
}
