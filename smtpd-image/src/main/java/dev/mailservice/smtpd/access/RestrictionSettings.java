package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.parameters.RestrictionLists;
import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.ParentDomains;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What restrictions need to know of {@code main.cf}.
 *
 * @param lists the lists themselves
 * @param codes the codes of replies
 * @param clients who clients may be
 * @param addresses what addresses mean
 * @param dnsLists how to answer those who are on a block list
 * @param openings what lists name and others open
 * @param order when lists are asked
 * @param softBounce {@code soft_bounce}
 */
public record RestrictionSettings(
    RestrictionLists lists,
    Codes codes,
    Clients clients,
    Addresses addresses,
    DnsListReplies dnsLists,
    Openings openings,
    Order order,
    boolean softBounce) {
  /**
   * Codes of replies, and what follows when a question to the Domain Name System stays open.
   *
   * @param helo the codes of restrictions on HELO names
   * @param putOffUnknownHelo {@code unknown_helo_hostname_tempfail_action} is {@code defer}
   * @param putOffUnknownAddress {@code unknown_address_tempfail_action} is {@code defer}
   */
  public record Codes(
      int reject,
      int defer,
      int tableReject,
      int tableDefer,
      int relay,
      int nonFqdn,
      int unknownClient,
      int unknownAddress,
      int plaintext,
      int multiRecipientBounce,
      HeloCodes helo,
      boolean putOffUnknownHelo,
      boolean putOffUnknownAddress) {}

  /**
   * @param invalid {@code invalid_hostname_reject_code}
   * @param unknown {@code unknown_hostname_reject_code}
   */
  public record HeloCodes(int invalid, int unknown) {}

  /**
   * Who clients may be.
   *
   * @param myNetworks {@code mynetworks}
   * @param isOwnAddress whether an address is this machine's, {@code inet_interfaces}
   * @param relayCertificates {@code relay_clientcerts}
   * @param canLogIn {@code smtpd_sasl_auth_enable}
   * @param senderLogins {@code smtpd_sender_login_maps}
   */
  public record Clients(
      MatchList myNetworks,
      Predicate<String> isOwnAddress,
      Supplier<Maps> relayCertificates,
      boolean canLogIn,
      AddressTables senderLogins) {}

  /**
   * What addresses mean.
   *
   * @param destinations for which domains there is mail here
   * @param listed who there is
   * @param origin {@code myorigin}
   * @param extension {@code recipient_delimiter} and what has no extension
   * @param nullSenderKey {@code smtpd_null_access_lookup_key}
   * @param parents whether a domain in a table stands for its subdomains
   */
  public record Addresses(
      Destinations destinations,
      UnlistedRecipients listed,
      String origin,
      AddressExtension extension,
      String nullSenderKey,
      ParentDomains parents) {}

  /**
   * How those are answered who are on a DNS block list.
   *
   * @param code {@code maps_rbl_reject_code}
   * @param template {@code default_rbl_reply}
   * @param maps {@code rbl_reply_maps}
   * @param allowedCharacters {@code smtpd_expansion_filter}
   */
  public record DnsListReplies(
      int code, String template, Supplier<Maps> maps, String allowedCharacters) {}

  /**
   * What others do for restrictions.
   *
   * @param tables opens an access table that a parameter's list names, {@code type:name}
   * @param policyServices connects to a policy server, {@code inet:host:port} with its attributes
   * @param sleep waits so many seconds
   */
  public record Openings(
      BiFunction<String, String, Supplier<Maps>> tables,
      Function<String, PolicyService> policyServices,
      IntConsumer sleep) {}

  /**
   * When lists are asked.
   *
   * @param delayed {@code smtpd_delay_reject}
   * @param relayFirst {@code smtpd_relay_before_recipient_restrictions}
   * @param rejectUnlistedSender {@code smtpd_reject_unlisted_sender}
   * @param rejectUnlistedRecipient {@code smtpd_reject_unlisted_recipient}
   */
  public record Order(
      boolean delayed,
      boolean relayFirst,
      boolean rejectUnlistedSender,
      boolean rejectUnlistedRecipient) {}
}
