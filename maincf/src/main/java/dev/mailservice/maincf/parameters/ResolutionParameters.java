package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.bool;
import static dev.mailservice.maincf.ParameterType.string;
import static dev.mailservice.maincf.Support.IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/**
 * trivial-rewrite(8), COMPATIBILITY CONTROLS and ADDRESS REWRITING CONTROLS. What an address means:
 * which part of it is the domain, and whether that is here.
 */
public final class ResolutionParameters {
  /** Whether routing operators in quotes are operators. */
  public static final Parameter<Boolean> RESOLVE_DEQUOTED_ADDRESS =
      Parameter.of(
          "resolve_dequoted_address",
          bool(),
          "yes",
          IMPLEMENTED,
          "",
          "Whether @, % and ! route an address also where they stand in quotes.");

  /** Whether {@code user@} is local. */
  public static final Parameter<Boolean> RESOLVE_NULL_DOMAIN =
      Parameter.of(
          "resolve_null_domain",
          bool(),
          "no",
          IMPLEMENTED,
          "2.0",
          "Whether an address that ends in @ is a local one; otherwise it is none.");

  /** Whether {@code user@192.0.2.1} is an address. */
  public static final Parameter<Boolean> RESOLVE_NUMERIC_DOMAIN =
      Parameter.of(
          "resolve_numeric_domain",
          bool(),
          "no",
          IMPLEMENTED,
          "2.3",
          "Whether user@192.0.2.1 means user@[192.0.2.1]; otherwise it is no address.");

  /** Whether {@code user%domain} is {@code user@domain}. */
  public static final Parameter<Boolean> ALLOW_PERCENT_HACK =
      Parameter.of(
          "allow_percent_hack",
          bool(),
          "yes",
          IMPLEMENTED,
          "",
          "Whether user%domain means user@domain.");

  /** Whether {@code domain!user} is {@code user@domain}. */
  public static final Parameter<Boolean> SWAP_BANGPATH =
      Parameter.of(
          "swap_bangpath",
          bool(),
          "yes",
          IMPLEMENTED,
          "",
          "Whether domain!user means user@domain.");

  /** Whether an address without a domain gets {@code myorigin}. */
  public static final Parameter<Boolean> APPEND_AT_MYORIGIN =
      Parameter.of(
          "append_at_myorigin",
          bool(),
          "yes",
          IMPLEMENTED,
          "",
          "Whether user means user@$myorigin.");

  /** Whether a domain without a dot gets {@code mydomain}. */
  public static final Parameter<Boolean> APPEND_DOT_MYDOMAIN =
      Parameter.of(
          "append_dot_mydomain",
          bool(),
          "${{$compatibility_level} <level {1} ? {yes} : {no}}",
          IMPLEMENTED,
          "",
          "Whether user@host means user@host.$mydomain.");

  /** Who gets what is for nobody. */
  public static final Parameter<String> EMPTY_ADDRESS_RECIPIENT =
      Parameter.of(
          "empty_address_recipient",
          string(),
          "MAILER-DAEMON",
          IMPLEMENTED,
          "",
          "The recipient that an address without a local part means.");

  /** Whether an address may begin with a hyphen. */
  public static final Parameter<Boolean> ALLOW_MIN_USER =
      Parameter.of(
          "allow_min_user",
          bool(),
          "no",
          IMPLEMENTED,
          "2.0",
          "Whether an address may begin with a hyphen, which a command of the next hop might take"
              + " for an option.");

  static final List<Parameter<?>> ALL =
      List.of(
          RESOLVE_DEQUOTED_ADDRESS,
          RESOLVE_NULL_DOMAIN,
          RESOLVE_NUMERIC_DOMAIN,
          ALLOW_PERCENT_HACK,
          SWAP_BANGPATH,
          APPEND_AT_MYORIGIN,
          APPEND_DOT_MYDOMAIN,
          EMPTY_ADDRESS_RECIPIENT,
          ALLOW_MIN_USER);

  private ResolutionParameters() {}
}
