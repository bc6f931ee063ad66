package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), VERP SUPPORT CONTROLS. Sender addresses that carry the recipient's. */
public final class VerpParameters {
  /** What a client may choose to separate them. */
  public static final Parameter<String> VERP_DELIMITER_FILTER =
      Parameter.of(
          "verp_delimiter_filter",
          nonEmptyString(),
          "-=+",
          IMPLEMENTED,
          "1.1",
          "Characters that a client may choose as VERP delimiters.");

  /** Who may use XVERP. */
  public static final Parameter<List<String>> SMTPD_AUTHORIZED_VERP_CLIENTS =
      Parameter.of(
          "smtpd_authorized_verp_clients",
          patterns(),
          "$authorized_verp_clients",
          IMPLEMENTED,
          "2.1",
          "Clients that may use XVERP; it is handed on to the next hop where that offers XVERP.");

  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "default_verp_delimiters",
              string(2, 2),
              "+=",
              NOT_IMPLEMENTED,
              "1.1",
              "Two characters of a VERP sender address where XVERP names none: the one in front of"
                  + " the recipient, and the one in place of the recipient's @; the next hop's"
                  + " count."),
          VERP_DELIMITER_FILTER,
          Parameter.of(
              "authorized_verp_clients",
              string(),
              "",
              IMPLEMENTED,
              "1.1",
              "Obsolete since 2.1: the older name of smtpd_authorized_verp_clients, which takes"
                  + " its default from it."),
          SMTPD_AUTHORIZED_VERP_CLIENTS);

  private VerpParameters() {}
}
