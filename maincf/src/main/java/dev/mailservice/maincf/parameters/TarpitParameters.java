package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;

/** smtpd(8), TARPIT CONTROLS. What happens to a client that makes errors. */
public final class TarpitParameters {
  /** How long it waits then. */
  public static final Parameter<Duration> SMTPD_ERROR_SLEEP_TIME =
      Parameter.of(
          "smtpd_error_sleep_time",
          time('s', 0, 0),
          "1s",
          IMPLEMENTED,
          "",
          "How long the server waits before a reply once smtpd_soft_error_limit is reached.");

  /** After how many errors the server slows down. */
  public static final Parameter<Integer> SMTPD_SOFT_ERROR_LIMIT =
      Parameter.of(
          "smtpd_soft_error_limit",
          integer(1, 0),
          "10",
          IMPLEMENTED,
          "",
          "The number of errors after which the server waits before it replies.");

  /** After how many errors the server hangs up. */
  public static final Parameter<Integer> SMTPD_HARD_ERROR_LIMIT =
      Parameter.of(
          "smtpd_hard_error_limit",
          integer(1, 0),
          "${stress?{1}:{20}}",
          IMPLEMENTED,
          "",
          "The number of errors after which the server hangs up.");

  /** How many commands that do nothing are no error. */
  public static final Parameter<Integer> SMTPD_JUNK_COMMAND_LIMIT =
      Parameter.of(
          "smtpd_junk_command_limit",
          integer(1, 0),
          "${stress?{1}:{100}}",
          IMPLEMENTED,
          "",
          "The number of NOOP, RSET and VRFY commands after which each counts as an error.");

  /** How many recipients too many are no error. */
  public static final Parameter<Integer> SMTPD_RECIPIENT_OVERSHOOT_LIMIT =
      Parameter.of(
          "smtpd_recipient_overshoot_limit",
          integer(1, 0),
          "1000",
          IMPLEMENTED,
          "2.1",
          "How many recipients beyond smtpd_recipient_limit are refused before each counts"
              + " as an error.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPD_ERROR_SLEEP_TIME,
          SMTPD_SOFT_ERROR_LIMIT,
          SMTPD_HARD_ERROR_LIMIT,
          SMTPD_JUNK_COMMAND_LIMIT,
          SMTPD_RECIPIENT_OVERSHOOT_LIMIT);

  private TarpitParameters() {}
}
