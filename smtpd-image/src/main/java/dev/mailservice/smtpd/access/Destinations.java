package dev.mailservice.smtpd.access;

/**
 * The domains for which there is mail here, class by class; the first class that has a domain wins,
 * in the order of Postfix's address resolver.
 *
 * @param myDestination {@code mydestination}
 * @param virtualAliasDomains {@code virtual_alias_domains}
 * @param virtualMailboxDomains {@code virtual_mailbox_domains}
 * @param relayDomains {@code relay_domains}, the only one that may stand for subdomains
 */
public record Destinations(
    MatchList myDestination,
    MatchList virtualAliasDomains,
    MatchList virtualMailboxDomains,
    MatchList relayDomains) {
  /**
   * The class of a recipient. One without a domain is local.
   *
   * @throws dev.mailservice.maincf.table.LookupFailure if a table fails before a class is found
   */
  AddressClass classOf(Recipient recipient) {
    String domain = recipient.domain();
    if (domain.isEmpty() || isLocal(domain)) {
      return AddressClass.LOCAL;
    }
    if (virtualAliasDomains.hasString(domain)) {
      return AddressClass.VIRTUAL_ALIAS;
    }
    if (virtualMailboxDomains.hasString(domain)) {
      return AddressClass.VIRTUAL_MAILBOX;
    }
    return relayDomains.hasDomain(domain) ? AddressClass.RELAY : AddressClass.DEFAULT;
  }

  /** Whether a domain is in {@code mydestination}. */
  public boolean isLocal(String domain) {
    return myDestination.hasString(domain);
  }
}
