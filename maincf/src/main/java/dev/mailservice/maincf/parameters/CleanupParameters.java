package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.tables;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** What cleanup(8), behind smtpd(8), stops: to ignore one would let mail through. */
public final class CleanupParameters {
  /** How many hops a message may have been at. */
  public static final Parameter<Integer> HOPCOUNT_LIMIT =
      Parameter.of(
          "hopcount_limit",
          integer(1, 0),
          "50",
          IMPLEMENTED,
          "",
          "With how many Received headers, this server's own among them, a message is refused,"
              + " because it goes round in circles.");

  static final List<Parameter<?>> ALL =
      List.of(
          HOPCOUNT_LIMIT,
          Parameter.of(
              "header_checks",
              tables(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "",
              "Tables of what to do about a header, by its text."),
          Parameter.of(
              "mime_header_checks",
              tables(),
              "$header_checks",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.0",
              "Tables of what to do about a MIME header, by its text."),
          Parameter.of(
              "nested_header_checks",
              tables(),
              "$header_checks",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.0",
              "Tables of what to do about a header of an attached message, by its text."),
          Parameter.of(
              "body_checks",
              tables(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "",
              "Tables of what to do about a line of a body, by its text."),
          Parameter.of(
              "milter_header_checks",
              tables(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.7",
              "Tables of what to do about a header that a Milter adds, by its text."),
          Parameter.of(
              "message_reject_characters",
              string(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.3",
              "Characters that no message may contain."),
          Parameter.of(
              "strict_7bit_headers",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.0",
              "Whether mail with 8-bit text in its headers is refused."),
          Parameter.of(
              "strict_8bitmime",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.0",
              "Whether both strict_7bit_headers and strict_8bitmime_body apply."),
          Parameter.of(
              "strict_8bitmime_body",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.0",
              "Whether mail with 8-bit text in its body that does not say so is refused."),
          Parameter.of(
              "strict_mime_encoding_domain",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.0",
              "Whether mail whose parts are encoded as MIME forbids is refused."));

  private CleanupParameters() {}
}
