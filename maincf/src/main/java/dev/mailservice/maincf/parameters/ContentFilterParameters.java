package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), AFTER QUEUE EXTERNAL CONTENT INSPECTION CONTROLS. What filters a message after it was
 * queued, and who may speak for a client while it does.
 */
public final class ContentFilterParameters {
  /** Who may tell of a client upstream. */
  public static final Parameter<List<String>> SMTPD_AUTHORIZED_XFORWARD_HOSTS =
      Parameter.of(
          "smtpd_authorized_xforward_hosts",
          patterns(),
          "",
          IMPLEMENTED,
          "2.1",
          "Clients that may pass on a client's identity with XFORWARD.");

  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "content_filter",
              string(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "",
              "The transport:destination that each message goes through once it is queued."),
          SMTPD_AUTHORIZED_XFORWARD_HOSTS);

  private ContentFilterParameters() {}
}
