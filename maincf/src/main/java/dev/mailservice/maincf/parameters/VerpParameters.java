package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), VERP SUPPORT CONTROLS. Sender addresses that carry the recipient's. */
public final class VerpParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "default_verp_delimiters",
              string(2, 2),
              "+=",
              NOT_IMPLEMENTED,
              "1.1",
              "Two characters of a VERP sender address: the one in front of the recipient, and"
                  + " the one in place of the recipient's @."),
          Parameter.of(
              "verp_delimiter_filter",
              nonEmptyString(),
              "-=+",
              NOT_IMPLEMENTED,
              "1.1",
              "Characters that a client may choose as VERP delimiters."),
          Parameter.of(
              "authorized_verp_clients",
              string(),
              "",
              NOT_IMPLEMENTED,
              "1.1",
              "Obsolete since 2.1: the older name of smtpd_authorized_verp_clients, which takes"
                  + " its default from it."),
          Parameter.of(
              "smtpd_authorized_verp_clients",
              patterns(),
              "$authorized_verp_clients",
              NOT_IMPLEMENTED,
              "2.1",
              "Clients that may use XVERP."));

  private VerpParameters() {}
}
