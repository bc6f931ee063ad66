package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All parameters that Postfix's SMTP server reads, this server's own, and those of cleanup(8) and
 * postscreen(8) that stop mail; each declared once, in the file of its section of smtpd(8).
 *
 * <p>Names, types, bounds and meaning are those of postconf(5) and of smtpd(8)'s and mail_params's
 * tables; defaults are those of the newest Postfix. {@link DefaultDifference} says where they are
 * not those of Postfix 3.7.
 */
public final class SmtpdParameters {
  /**
   * The parameters of one file, a section of smtpd(8) unless its name says otherwise.
   *
   * @param title the section's name
   * @param description what they have in common, one sentence
   */
  public record Section(String title, String description, List<Parameter<?>> parameters) {}

  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              "Process",
              "What every Postfix program reads, and what other defaults refer to.",
              ProcessParameters.ALL),
          new Section(
              "Compatibility",
              "Workarounds for clients that keep to older or looser rules.",
              CompatibilityParameters.ALL),
          new Section(
              "Address rewriting",
              "Which addresses of a message are completed or mapped.",
              AddressRewritingParameters.ALL),
          new Section(
              "Before-smtpd proxy agent",
              "What stands between the clients and this server.",
              UpstreamProxyParameters.ALL),
          new Section(
              "After-queue content inspection",
              "What filters a message after it was queued.",
              ContentFilterParameters.ALL),
          new Section(
              "Before-queue content inspection",
              "The next hop, which takes each message before the client hears that it is accepted.",
              ProxyFilterParameters.ALL),
          new Section(
              "Before-queue Milter",
              "Filters that speak the Milter protocol.",
              MilterParameters.ALL),
          new Section(
              "SASL authentication", "Who a client is, as AUTH proves it.", SaslParameters.ALL),
          new Section("STARTTLS support", "Encryption of a session.", TlsParameters.ALL),
          new Section("SMTPUTF8", "Addresses beyond ASCII.", SmtpUtf8Parameters.ALL),
          new Section(
              "VERP support", "Sender addresses that carry the recipient.", VerpParameters.ALL),
          new Section(
              "Trouble shooting",
              "What is logged and reported when something goes wrong.",
              TroubleShootingParameters.ALL),
          new Section(
              "Known versus unknown recipients",
              "For which domains and addresses there is mail here.",
              RecipientParameters.ALL),
          new Section(
              "Resources and rates", "How much a client may use and how fast.", RateParameters.ALL),
          new Section(
              "Tarpit", "What happens to a client that makes errors.", TarpitParameters.ALL),
          new Section(
              "Access policy delegation",
              "How another server is asked for a decision.",
              PolicyServiceParameters.ALL),
          new Section("Access", "Restrictions at each step of a session.", AccessParameters.ALL),
          new Section(
              "Sender and recipient address verification",
              "Whether an address exists, as a probe shows.",
              AddressVerificationParameters.ALL),
          new Section(
              "Access control responses",
              "Codes and texts of refusals.",
              AccessReplyParameters.ALL),
          new Section("trivial-rewrite(8)", "What an address means.", ResolutionParameters.ALL),
          new Section("flush(8)", "What ETRN may ask for.", FlushParameters.ALL),
          new Section("Miscellaneous", "Names, places and processes.", MiscellaneousParameters.ALL),
          new Section("cleanup(8)", "What stops mail behind smtpd(8).", CleanupParameters.ALL),
          new Section(
              "local(8)",
              "Where mail is kept that no next hop takes.",
              LocalDeliveryParameters.ALL),
          new Section(
              "postscreen(8)", "What stops clients before smtpd(8).", PostscreenParameters.ALL));

  private static final List<Parameter<?>> ALL;
  private static final Map<String, Parameter<?>> BY_NAME = new HashMap<>();

  // Loops and no stream: the first lambda of a process costs more than all declarations.
  static {
    var all = new ArrayList<Parameter<?>>();
    for (Section section : SECTIONS) {
      all.addAll(section.parameters());
    }
    ALL = List.copyOf(all);
    for (Parameter<?> parameter : ALL) {
      BY_NAME.put(parameter.name(), parameter);
    }
  }

  private SmtpdParameters() {}

  /** All of them, in the order of smtpd(8)'s sections. */
  public static List<Parameter<?>> all() {
    return ALL;
  }

  /** The sections of smtpd(8), in its order, and what belongs to its neighbours behind them. */
  public static List<Section> sections() {
    return SECTIONS;
  }

  /** The declaration of this name; empty if there is none. */
  public static Optional<Parameter<?>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
