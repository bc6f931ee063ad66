package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.protocol.Reply;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a client may send to a recipient, so that the server is no open relay. */
public final class RelayPolicy {
  private final List<RelayRestriction> restrictions;
  private final List<Network> myNetworks;
  private final DomainList myDestination;
  private final DomainList relayDomains;

  /**
   * @param restrictions {@code smtpd_relay_restrictions}
   * @param myNetworks {@code mynetworks}
   * @param myDestination {@code mydestination}
   * @param relayDomains {@code relay_domains}
   * @throws IllegalArgumentException if a restriction or a network is not understood, or if no
   *     restriction keeps strangers from relaying
   */
  public RelayPolicy(
      List<String> restrictions,
      List<String> myNetworks,
      DomainList myDestination,
      DomainList relayDomains) {
    this.restrictions = restrictions.stream().map(RelayRestriction::parse).toList();
    this.myNetworks = myNetworks.stream().map(Network::parse).toList();
    this.myDestination = myDestination;
    this.relayDomains = relayDomains;
    if (this.restrictions.stream().noneMatch(RelayRestriction::closesRelay)) {
      throw new IllegalArgumentException(
          "in parameter smtpd_relay_restrictions, specify at least one working instance of:"
              + " reject_unauth_destination, defer_unauth_destination, reject");
    }
  }

  /**
   * Decides about one recipient.
   *
   * @param address the recipient without angle brackets
   * @return what to tell the client; empty if it may go on
   */
  public Optional<Reply> refusal(InetAddress client, String address) {
    for (RelayRestriction restriction : restrictions) {
      switch (restriction) {
        case PERMIT_MYNETWORKS -> {
          if (myNetworks.stream().anyMatch(network -> network.contains(client))) {
            return Optional.empty();
          }
        }
        case PERMIT_SASL_AUTHENTICATED -> {}
        case REJECT_UNAUTH_DESTINATION -> {
          if (!isAuthorizedDestination(address)) {
            return Optional.of(denied("554 5.7.1", "Relay access denied", address));
          }
        }
        case DEFER_UNAUTH_DESTINATION -> {
          if (!isAuthorizedDestination(address)) {
            return Optional.of(denied("454 4.7.1", "Relay access denied", address));
          }
        }
        case REJECT -> {
          return Optional.of(
              denied("554 5.7.1", "Recipient address rejected: Access denied", address));
        }
      }
    }
    return Optional.empty();
  }

  private static Reply denied(String codes, String why, String address) {
    return Reply.of("%s <%s>: %s".formatted(codes, address, why));
  }

  /**
   * An address without a domain is local. One with routing in its local part ({@code %}, {@code !},
   * a second {@code @}) could be passed on by the next hop and is nobody's for a stranger, as with
   * Postfix's {@code allow_untrusted_routing = no}.
   */
  private boolean isAuthorizedDestination(String address) {
    int at = address.lastIndexOf('@');
    String localPart = at < 0 ? address : address.substring(0, at);
    if (localPart.chars().anyMatch(c -> c == '%' || c == '!' || c == '@')) {
      return false;
    }
    if (at < 0) {
      return true;
    }
    String domain = address.substring(at + 1).toLowerCase(Locale.ROOT);
    return myDestination.matches(domain) || relayDomains.matches(domain);
  }
}
