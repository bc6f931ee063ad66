package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.list;
import static dev.mailservice.maincf.ParameterType.nonEmptyString;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.RESTRICTIVE_NOT_IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * What postscreen(8), before smtpd(8), stops: to ignore one would let clients through. Its other
 * parameters do nothing on their own.
 */
public final class PostscreenParameters {
  static final List<Parameter<?>> ALL =
      List.of(
          Parameter.of(
              "postscreen_access_list",
              list(),
              "permit_mynetworks",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "Who is let through or turned away at once, by address."),
          Parameter.of(
              "postscreen_blacklist_action",
              string(),
              "",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "Obsolete since 3.6: the older name of postscreen_denylist_action, which takes"
                  + " its default from it."),
          Parameter.of(
              "postscreen_denylist_action",
              nonEmptyString(),
              "${postscreen_blacklist_action?{$postscreen_blacklist_action}:{ignore}}",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "3.6",
              "What happens to a client that postscreen_access_list turns away."),
          Parameter.of(
              "postscreen_dnsbl_action",
              nonEmptyString(),
              "ignore",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "What happens to a client that DNS blocklists name."),
          Parameter.of(
              "postscreen_greet_action",
              nonEmptyString(),
              "ignore",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "What happens to a client that speaks before its turn."),
          Parameter.of(
              "postscreen_bare_newline_enable",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "Whether clients are tested for lines that end in LF alone."),
          Parameter.of(
              "postscreen_non_smtp_command_enable",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "Whether clients are tested for commands that are not SMTP's."),
          Parameter.of(
              "postscreen_pipelining_enable",
              bool(),
              "no",
              RESTRICTIVE_NOT_IMPLEMENTED,
              "2.8",
              "Whether clients are tested for commands that come before their turn."));

  private PostscreenParameters() {}
}
