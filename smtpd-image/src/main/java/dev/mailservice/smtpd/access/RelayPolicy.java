package dev.mailservice.smtpd.access;

import static dev.mailservice.maincf.parameters.AccessParameters.SMTPD_RELAY_RESTRICTIONS;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.List;
import java.util.Optional;

/** Whether a client may send to a recipient, so that the server is no open relay. */
public final class RelayPolicy {
  private final List<RelayRestriction> restrictions;
  private final MatchList myNetworks;

  /**
   * @param restrictions {@code smtpd_relay_restrictions}
   * @param myNetworks {@code mynetworks}
   * @throws IllegalArgumentException if a restriction is not understood, or if none keeps strangers
   *     from relaying
   */
  public RelayPolicy(List<String> restrictions, MatchList myNetworks) {
    this.restrictions =
        SMTPD_RELAY_RESTRICTIONS
            .type()
            .read(SMTPD_RELAY_RESTRICTIONS.name(), String.join(", ", restrictions))
            .stream()
            .map(RelayRestriction::of)
            .toList();
    this.myNetworks = myNetworks;
  }

  /**
   * Decides about one recipient.
   *
   * @return what to tell the client; empty if it may go on
   * @throws dev.mailservice.maincf.table.LookupFailure if a table of {@code mynetworks} fails
   */
  Optional<Reply> refusal(Client client, Recipient recipient, AddressClass itsClass) {
    for (RelayRestriction restriction : restrictions) {
      switch (restriction) {
        case PERMIT_MYNETWORKS -> {
          if (myNetworks.hasClient(client)) {
            return Optional.empty();
          }
        }
        case PERMIT_SASL_AUTHENTICATED -> {}
        case REJECT_UNAUTH_DESTINATION -> {
          if (!isAuthorized(recipient, itsClass)) {
            return Optional.of(denied("554 5.7.1", "Relay access denied", recipient));
          }
        }
        case DEFER_UNAUTH_DESTINATION -> {
          if (!isAuthorized(recipient, itsClass)) {
            return Optional.of(denied("454 4.7.1", "Relay access denied", recipient));
          }
        }
        case REJECT -> {
          return Optional.of(
              denied("554 5.7.1", "Recipient address rejected: Access denied", recipient));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAuthorized(Recipient recipient, AddressClass itsClass) {
    return itsClass.isAuthorized() && !recipient.isRouted();
  }

  private static Reply denied(String codes, String why, Recipient recipient) {
    return Reply.of("%s <%s>: %s".formatted(codes, recipient.address(), why));
  }
}
