package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.address.AddressResolver;

/**
 * The domains for which there is mail here, class by class; the first class that has a domain wins,
 * in the order of Postfix's address resolver.
 *
 * @param resolver what an address means, and what is local
 * @param virtualAliasDomains {@code virtual_alias_domains}
 * @param virtualMailboxDomains {@code virtual_mailbox_domains}
 * @param relayDomains {@code relay_domains}, the only one that may stand for subdomains
 */
public record Destinations(
    AddressResolver resolver,
    MatchList virtualAliasDomains,
    MatchList virtualMailboxDomains,
    MatchList relayDomains) {
  /**
   * What an address means.
   *
   * @param address without angle brackets and quotes; not empty
   * @throws dev.mailservice.maincf.table.LookupFailure if a table of {@code mydestination} fails
   */
  Recipient recipient(String address) {
    return new Recipient(address, resolver.resolve(address));
  }

  /**
   * The class of a recipient.
   *
   * @throws dev.mailservice.maincf.table.LookupFailure if a table fails before a class is found
   */
  AddressClass classOf(Recipient recipient) {
    if (recipient.resolved().isLocal()) {
      return AddressClass.LOCAL;
    }
    String domain = recipient.domain();
    if (virtualAliasDomains.hasString(domain)) {
      return AddressClass.VIRTUAL_ALIAS;
    }
    if (virtualMailboxDomains.hasString(domain)) {
      return AddressClass.VIRTUAL_MAILBOX;
    }
    return relayDomains.hasDomain(domain) ? AddressClass.RELAY : AddressClass.DEFAULT;
  }

  /** Whether a domain is in {@code mydestination}, or an address of this machine in brackets. */
  public boolean isLocal(String domain) {
    return resolver.isLocal(domain);
  }
}
