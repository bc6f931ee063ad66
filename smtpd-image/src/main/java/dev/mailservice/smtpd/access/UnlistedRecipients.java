package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.maincf.table.AddressKeys;
import dev.mailservice.maincf.table.SearchKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses recipients that a domain of this server does not have, Postfix's {@code
 * reject_unlisted_recipient}: whoever guesses names is told here and costs the next hop nothing.
 */
public final class UnlistedRecipients {
  private final List<AddressTables> mapped;
  private final Map<AddressClass, Listing> listings;
  private final Spelling spelling;

  /**
   * The recipients of one class of domains.
   *
   * @param tables who there is; for all classes but virtual aliases no table means everybody
   * @param rejectCode the SMTP code for who is not there
   */
  public record Listing(AddressTables tables, int rejectCode) {
    /** Checks the code. */
    public Listing {
      if (rejectCode < 400 || rejectCode > 599) {
        throw new IllegalArgumentException(
            "%s: %d is no SMTP code of a refusal, want: 400 to 599, or the default 550"
                .formatted(tables.parameter(), rejectCode));
      }
    }
  }

  /**
   * Why an address is not taken.
   *
   * @param code of the reply
   * @param ofSender the enhanced code if it is a sender's, before it is made fit for one
   * @param why its last words
   */
  record Refusal(int code, String ofSender, String why) {}

  /**
   * How addresses are written in tables and replies.
   *
   * @param origin {@code myorigin}
   * @param extension {@code recipient_delimiter} and what has no extension
   * @param showsTable {@code show_user_unknown_table_name}
   */
  public record Spelling(String origin, AddressExtension extension, boolean showsTable) {}

  /**
   * @param mapped tables whose addresses are known whatever their domain: canonical and alias maps
   * @param listings the recipients of each class
   */
  public UnlistedRecipients(
      List<AddressTables> mapped, Map<AddressClass, Listing> listings, Spelling spelling) {
    this.mapped = List.copyOf(mapped);
    this.listings = Map.copyOf(listings);
    this.spelling = spelling;
  }

  /**
   * Decides about one recipient.
   *
   * @throws dev.mailservice.maincf.table.LookupFailure if a table fails before one has the address
   */
  Optional<Refusal> refusal(Recipient recipient, AddressClass itsClass, Destinations destinations) {
    List<SearchKey> keys =
        AddressKeys.of(
            recipient.resolved().address(),
            spelling.extension(),
            domain -> domain.equalsIgnoreCase(spelling.origin()) || destinations.isLocal(domain));
    Listing listing = listings.get(itsClass);
    if (mapped.stream().anyMatch(it -> it.have(keys))
        || listing == null
        || isOpen(itsClass, listing, recipient)
        || listing.tables().have(keys)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            listing.rejectCode(),
            itsClass == AddressClass.VIRTUAL_ALIAS ? "5.1.1" : "5.1.0",
            "User unknown" + (spelling.showsTable() ? " in " + itsClass.table() : "")));
  }

  private boolean isOpen(AddressClass itsClass, Listing listing, Recipient recipient) {
    return switch (itsClass) {
      case LOCAL -> listing.tables().isEmpty() || isAlwaysThere(recipient.resolved().localPart());
      case VIRTUAL_ALIAS -> false;
      case VIRTUAL_MAILBOX, RELAY, DEFAULT -> listing.tables().isEmpty();
    };
  }

  /** RFC 5321 section 4.5.1, and what bounces are sent from. */
  private boolean isAlwaysThere(String localPart) {
    return Set.of("postmaster", "mailer-daemon", spelling.extension().doubleBounce()).stream()
        .anyMatch(localPart::equalsIgnoreCase);
  }
}
