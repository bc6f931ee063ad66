package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.parameters.RestrictionLists.Place;
import dev.mailservice.smtpd.dns.Resolver;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The restrictions of one session, at the places of the dialogue where they are asked. What is
 * doubtful at one place counts at the next. Used by the session's thread alone. Follows smtpd_check
 * in smtpd(8).
 */
public final class SessionRestrictions {
  private final Supplier<Restrictions> current;
  private final RestrictionLog log;
  private final Supplier<Resolver> dns;
  private final List<String> prepended = new ArrayList<>();
  private Optional<Deferral> afterClient = Optional.empty();
  private Optional<Deferral> afterHelo = Optional.empty();
  private Optional<Deferral> afterSender = Optional.empty();

  /**
   * @param current those of the server's personality of the moment
   * @param dns a resolver for the questions of one command, whose time begins with the first
   */
  public SessionRestrictions(
      Supplier<Restrictions> current, RestrictionLog log, Supplier<Resolver> dns) {
    this.current = current;
    this.log = log;
    this.dns = dns;
  }

  /** Whether a client is refused at once. */
  public Optional<Reply> connect(Inquiry inquiry) {
    return isDelayed() ? Optional.empty() : new Round(inquiry).client();
  }

  /** Whether a HELO or EHLO is refused at once. */
  public Optional<Reply> greeting(Inquiry inquiry) {
    return isDelayed() ? Optional.empty() : new Round(inquiry).helo();
  }

  /** Whether a sender is refused at once. */
  public Optional<Reply> sender(Inquiry inquiry) {
    return isDelayed() ? Optional.empty() : new Round(inquiry).sender();
  }

  /**
   * Whether a recipient is refused, or all that came before it. {@code postmaster} without a domain
   * is always taken, RFC 5321 section 4.5.1.
   */
  public Optional<Reply> recipient(Inquiry inquiry) {
    String address = inquiry.recipient().orElse("");
    if (address.equalsIgnoreCase("postmaster")) {
      return Optional.empty();
    }
    var round = new Round(inquiry);
    return isDelayed()
        ? round.client().or(round::helo).or(round::sender).or(() -> round.recipient(address))
        : round.recipient(address);
  }

  /** Whether ETRN is refused, or all that came before it. */
  public Optional<Reply> etrn(Inquiry inquiry) {
    var round = new Round(inquiry);
    return isDelayed() ? round.client().or(round::helo).or(round::etrn) : round.etrn();
  }

  /** Whether DATA or a first BDAT is refused. */
  public Optional<Reply> data(Inquiry inquiry) {
    return new Round(inquiry)
        .alone(Place.DATA, new Subject("DATA", Subject.Kind.DATA), Optional.empty());
  }

  /** Whether a message that has come whole is refused. */
  public Optional<Reply> endOfData(Inquiry inquiry) {
    return new Round(inquiry)
        .alone(
            Place.END_OF_DATA,
            new Subject("END-OF-MESSAGE", Subject.Kind.END_OF_DATA),
            Optional.empty());
  }

  /** Headers that tables want before the message, without line ends. */
  public List<String> prepended() {
    return List.copyOf(prepended);
  }

  /** The transaction is over. */
  public void endTransaction() {
    prepended.clear();
  }

  private boolean isDelayed() {
    return current.get().order().delayed();
  }

  /** All that is asked for one command. */
  private final class Round {
    private final Restrictions restrictions = current.get();
    private final Inquiry inquiry;
    private @Nullable Resolver resolver;

    Round(Inquiry inquiry) {
      this.inquiry = inquiry;
    }

    private Evaluation evaluation(Subject subject, Optional<Deferral> doubtful) {
      return new Evaluation(
          inquiry, subject, doubtful, restrictions.softBounce(), log, this::resolver);
    }

    private Resolver resolver() {
      Resolver mine = resolver;
      if (mine == null) {
        mine = dns.get();
        resolver = mine;
      }
      return mine;
    }

    private Optional<Reply> client() {
      var it =
          evaluation(
              new Subject(inquiry.client().toString(), Subject.Kind.CLIENT), Optional.empty());
      it.run(restrictions.at(Place.CLIENT));
      afterClient = it.deferIfPermit();
      return ended(it);
    }

    private Optional<Reply> helo() {
      if (inquiry.helo().isEmpty()) {
        return Optional.empty();
      }
      var it = evaluation(new Subject(inquiry.helo().get(), Subject.Kind.HELO), afterClient);
      it.run(restrictions.at(Place.HELO));
      afterHelo = it.deferIfPermit();
      return ended(it);
    }

    private Optional<Reply> sender() {
      if (inquiry.sender().isEmpty()) {
        return Optional.empty();
      }
      String address = inquiry.sender().get();
      var it =
          evaluation(new Subject(address, Subject.Kind.SENDER), afterClient.or(() -> afterHelo));
      Verdict verdict = it.run(restrictions.at(Place.SENDER));
      afterSender = it.deferIfPermit();
      if (verdict != Verdict.REJECT
          && restrictions.order().rejectUnlistedSender()
          && !it.isListingAsked(Subject.Kind.SENDER)) {
        it.run(restrictions.addresses()::rejectUnlistedSender);
      }
      return ended(it);
    }

    private Optional<Reply> recipient(String address) {
      var subject = new Subject(address, Subject.Kind.RECIPIENT);
      var it = evaluation(subject, afterSender);
      List<Place> order =
          restrictions.order().relayFirst()
              ? List.of(Place.RELAY, Place.RECIPIENT)
              : List.of(Place.RECIPIENT, Place.RELAY);
      for (Place place : order) {
        if (it.run(restrictions.at(place)) == Verdict.REJECT) {
          return ended(it);
        }
        it.nextList();
      }
      if (it.end() != Verdict.REJECT
          && restrictions.order().rejectUnlistedRecipient()
          && !it.isListingAsked(Subject.Kind.RECIPIENT)) {
        it.run(restrictions.addresses()::rejectUnlistedRecipient);
      }
      return ended(it);
    }

    private Optional<Reply> etrn() {
      return alone(
          Place.ETRN,
          new Subject(inquiry.etrnDomain().orElse(""), Subject.Kind.ETRN),
          afterClient.or(() -> afterHelo));
    }

    private Optional<Reply> alone(Place place, Subject subject, Optional<Deferral> doubtful) {
      var it = evaluation(subject, doubtful);
      if (it.run(restrictions.at(place)) != Verdict.REJECT) {
        it.end();
      }
      return ended(it);
    }

    private Optional<Reply> ended(Evaluation it) {
      prepended.addAll(it.prepended());
      return it.rejection();
    }
  }
}
