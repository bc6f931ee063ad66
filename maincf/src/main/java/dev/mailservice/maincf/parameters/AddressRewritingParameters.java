package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.restrictions;
import static dev.mailservice.maincf.Support.IMPLEMENTED;
import static dev.mailservice.maincf.Support.NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * smtpd(8), ADDRESS REWRITING CONTROLS. Which of a message's addresses are completed or mapped on
 * the way in.
 */
public final class AddressRewritingParameters {
  /** Clients whose mail is this site's own. */
  public static final Parameter<List<String>> LOCAL_HEADER_REWRITE_CLIENTS =
      Parameter.of(
          "local_header_rewrite_clients",
          restrictions(),
          "permit_inet_interfaces",
          IMPLEMENTED,
          "2.2",
          "Clients whose mail is this site's own: the next hop is told so by XFORWARD, SOURCE=LOCAL,"
              + " and may complete its addresses with its own domain.");

  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "receive_override_options",
              list(),
              "",
              NOT_IMPLEMENTED,
              "2.1",
              "Steps of reception to leave out: checks of recipients, content filters, address"
                  + " mapping, Milters."),
          LOCAL_HEADER_REWRITE_CLIENTS);

  private AddressRewritingParameters() {}
}
