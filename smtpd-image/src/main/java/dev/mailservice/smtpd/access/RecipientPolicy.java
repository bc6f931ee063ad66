package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.Optional;

/**
 * Whether a recipient is taken: who may relay first, who there is at all then. Follows Postfix's
 * smtpd_check_rcpt.
 */
public final class RecipientPolicy {
  private final RelayPolicy relay;
  private final Optional<UnlistedRecipients> unlisted;
  private final Destinations destinations;

  /**
   * @param unlisted empty for {@code smtpd_reject_unlisted_recipient = no}
   */
  public RecipientPolicy(
      RelayPolicy relay, Optional<UnlistedRecipients> unlisted, Destinations destinations) {
    this.relay = relay;
    this.unlisted = unlisted;
    this.destinations = destinations;
  }

  /** The domains for which there is mail here. */
  public Destinations destinations() {
    return destinations;
  }

  /**
   * Decides about one recipient. {@code postmaster} without a domain is always taken, RFC 5321
   * section 4.5.1. A table that cannot answer is no answer: the client is told to come again.
   *
   * @param address the recipient without angle brackets
   * @return why it is refused; empty if it may go on
   */
  public Optional<Refusal> refusal(Client client, String address) {
    if (address.equalsIgnoreCase("postmaster")) {
      return Optional.empty();
    }
    try {
      Recipient recipient = Recipient.of(address);
      AddressClass itsClass = destinations.classOf(recipient);
      return relay
          .refusal(client, recipient, itsClass)
          .or(() -> unlisted.flatMap(it -> it.refusal(recipient, itsClass, destinations)))
          .map(Refusal::of);
    } catch (LookupFailure e) {
      return Optional.of(
          new Refusal(
              Reply.of("451 4.3.0 <%s>: Temporary lookup failure".formatted(address)),
              String.valueOf(e.getMessage())));
    }
  }
}
