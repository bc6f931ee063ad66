package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.integer;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.ParameterType.time;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), SENDER AND RECIPIENT ADDRESS VERIFICATION CONTROLS. Whether an address exists, as a
 * probe to its mail exchanger shows.
 */
public final class AddressVerificationParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "address_verify_poll_count",
              integer(1, 0),
              "${stress?{1}:{3}}",
              NOT_IMPLEMENTED,
              "2.1",
              "How often verify(8) is asked whether a probe has come to an end."),
          Parameter.of(
              "address_verify_poll_delay",
              time('s', 1, 0),
              "3s",
              NOT_IMPLEMENTED,
              "2.1",
              "How long to wait between two such questions."),
          Parameter.of(
              "address_verify_sender",
              string(),
              "$double_bounce_sender",
              NOT_IMPLEMENTED,
              "2.1",
              "The sender address of probes."),
          Parameter.of(
              "unverified_sender_reject_code",
              integer(200, 599),
              "450",
              NOT_IMPLEMENTED,
              "2.1",
              "The reply code of reject_unverified_sender."),
          Parameter.of(
              "unverified_recipient_reject_code",
              integer(200, 599),
              "450",
              NOT_IMPLEMENTED,
              "2.1",
              "The reply code of reject_unverified_recipient."),
          Parameter.of(
              "unverified_sender_defer_code",
              integer(200, 499),
              "450",
              NOT_IMPLEMENTED,
              "2.6",
              "The reply code for a sender of whom a probe found nothing out yet."),
          Parameter.of(
              "unverified_recipient_defer_code",
              integer(200, 499),
              "450",
              NOT_IMPLEMENTED,
              "2.6",
              "The reply code for a recipient of whom a probe found nothing out yet."),
          Parameter.of(
              "unverified_sender_reject_reason",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.6",
              "The text of reject_unverified_sender's reply; empty for the probe's own."),
          Parameter.of(
              "unverified_recipient_reject_reason",
              string(),
              "",
              NOT_IMPLEMENTED,
              "2.6",
              "The text of reject_unverified_recipient's reply; empty for the probe's own."),
          Parameter.of(
              "unverified_sender_tempfail_action",
              nonEmptyString(),
              "$reject_tempfail_action",
              NOT_IMPLEMENTED,
              "2.6",
              "What reject_unverified_sender does when its probe fails for now."),
          Parameter.of(
              "unverified_recipient_tempfail_action",
              nonEmptyString(),
              "$reject_tempfail_action",
              NOT_IMPLEMENTED,
              "2.6",
              "What reject_unverified_recipient does when its probe fails for now."),
          Parameter.of(
              "address_verify_sender_ttl",
              time('s', 0, 0),
              "0s",
              NOT_IMPLEMENTED,
              "2.9",
              "How long a probe's sender address stays the same; 0 for ever."));

  private AddressVerificationParameters() {}
}
