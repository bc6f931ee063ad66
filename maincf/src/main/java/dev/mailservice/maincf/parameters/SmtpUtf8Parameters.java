package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** smtpd(8), SMTPUTF8 CONTROLS. Addresses beyond ASCII, RFC 6531. */
public final class SmtpUtf8Parameters {
  /** Whether addresses may be Unicode, RFC 6531. */
  public static final Parameter<Boolean> SMTPUTF8_ENABLE =
      Parameter.of(
          "smtputf8_enable",
          bool(),
          "${{$compatibility_level} <level {1} ? {no} : {yes}}",
          IMPLEMENTED,
          "3.0",
          "Whether SMTPUTF8 is offered.");

  /** Whether Unicode addresses need SMTPUTF8. */
  public static final Parameter<Boolean> STRICT_SMTPUTF8 =
      Parameter.of(
          "strict_smtputf8",
          bool(),
          "no",
          IMPLEMENTED,
          "3.0",
          "Whether UTF-8 addresses are refused unless MAIL FROM asked for SMTPUTF8.");

  static final List<Parameter<?>> ALL =
      List.of(
          SMTPUTF8_ENABLE,
          STRICT_SMTPUTF8,
          Parameter.of(
              "smtputf8_autodetect_classes",
              nonEmptyString(),
              "sendmail, verify",
              NOT_IMPLEMENTED,
              "3.0",
              "Where mail comes from that is searched for UTF-8 addresses unasked."),
          Parameter.of(
              "enable_idna2003_compatibility",
              bool(),
              "no",
              NOT_IMPLEMENTED,
              "3.2",
              "Whether domain names are mapped by the older rules of IDNA2003."));

  private SmtpUtf8Parameters() {}
}
