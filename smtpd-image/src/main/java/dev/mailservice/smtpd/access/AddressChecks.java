package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.Tokens;
import dev.mailservice.maincf.table.AccessKeys;
import dev.mailservice.maincf.table.AddressKeys;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Restrictions on senders and recipients. */
record AddressChecks(RestrictionSettings settings, DomainQuestions domains) {
  /** What a restriction says of an address that is there and not empty. */
  private interface OfAddress extends BiFunction<String, Subject, Verdict> {}

  private static Verdict sender(Evaluation it, OfAddress check) {
    return of(it.inquiry().sender(), Subject.Kind.SENDER, check);
  }

  private static Verdict recipient(Evaluation it, OfAddress check) {
    return of(it.inquiry().recipient(), Subject.Kind.RECIPIENT, check);
  }

  private static Verdict of(Optional<String> address, Subject.Kind kind, OfAddress check) {
    return address
        .filter(text -> !text.isEmpty())
        .map(text -> check.apply(text, new Subject(text, kind)))
        .orElse(Verdict.UNDECIDED);
  }

  private Recipient resolved(String address) {
    return settings.addresses().destinations().recipient(address);
  }

  Verdict rejectNonFqdnSender(Evaluation it) {
    return sender(it, (address, subject) -> nonFqdn(it, address, subject));
  }

  Verdict rejectNonFqdnRecipient(Evaluation it) {
    return recipient(it, (address, subject) -> nonFqdn(it, address, subject));
  }

  private Verdict nonFqdn(Evaluation it, String address, Subject subject) {
    String domain = HostSyntax.domainOf(address);
    return HostSyntax.isBracketed(domain) || HostSyntax.isFullyQualified(domain)
        ? Verdict.UNDECIDED
        : it.reject(
            settings.codes().nonFqdn(), "5.5.2", subject.rejected("need fully-qualified address"));
  }

  Verdict rejectUnknownSenderDomain(Evaluation it) {
    return sender(it, (address, subject) -> unknownDomain(it, address, subject));
  }

  Verdict rejectUnknownRecipientDomain(Evaluation it) {
    return recipient(it, (address, subject) -> unknownDomain(it, address, subject));
  }

  private Verdict unknownDomain(Evaluation it, String address, Subject subject) {
    Recipient resolved = resolved(address);
    String domain = resolved.domain();
    boolean isOurs =
        switch (settings.addresses().destinations().classOf(resolved)) {
          case LOCAL, VIRTUAL_ALIAS, VIRTUAL_MAILBOX -> true;
          case RELAY, DEFAULT -> false;
        };
    if (isOurs || HostSyntax.isBracketed(domain)) {
      return Verdict.UNDECIDED;
    }
    boolean isSender = subject.kind() == Subject.Kind.SENDER;
    String enhanced = isSender ? "4.1.8" : "4.1.2";
    return switch (domains.existence(it, domain)) {
      case EXISTS -> Verdict.UNDECIDED;
      case TAKES_NO_MAIL ->
          it.reject(
              isSender ? 550 : 556,
              isSender ? "5.7.27" : "5.1.10",
              subject.rejected("Domain %s does not accept mail (nullMX)".formatted(domain)));
      case MISSING ->
          it.reject(
              settings.codes().unknownAddress(), enhanced, subject.rejected("Domain not found"));
      case UNKNOWN ->
          domains.open(
              it,
              settings.codes().putOffUnknownAddress(),
              new Deferral(450, enhanced, subject.rejected("Domain not found")));
    };
  }

  Verdict checkSenderAccess(Evaluation it, AccessTable table) {
    Optional<String> sender = it.inquiry().sender();
    if (sender.filter(String::isEmpty).isPresent()) {
      return table
          .ask(
              it,
              AccessKeys.nullSender(settings.addresses().nullSenderKey()),
              new Subject("", Subject.Kind.SENDER))
          .orElse(Verdict.UNDECIDED);
    }
    return sender(it, (address, subject) -> access(it, table, address, subject));
  }

  /** A recipient with a route in it is too doubtful to be let through by a table. */
  Verdict checkRecipientAccess(Evaluation it, AccessTable table) {
    return recipient(
        it,
        (address, subject) -> {
          Verdict verdict = access(it, table, address, subject);
          return verdict == Verdict.PERMIT && resolved(address).isRouted()
              ? Verdict.UNDECIDED
              : verdict;
        });
  }

  private Verdict access(Evaluation it, AccessTable table, String address, Subject subject) {
    List<SearchKey> keys =
        AccessKeys.mail(
            resolved(address).resolved().address(),
            settings.addresses().extension(),
            settings.addresses().parents());
    return table.ask(it, keys, subject).orElse(Verdict.UNDECIDED);
  }

  Verdict checkEtrnAccess(Evaluation it, AccessTable table) {
    return it.inquiry()
        .etrnDomain()
        .flatMap(
            domain ->
                table.ask(
                    it,
                    AccessKeys.domain(domain, settings.addresses().parents()),
                    new Subject(domain, Subject.Kind.ETRN)))
        .orElse(Verdict.UNDECIDED);
  }

  Verdict permitAuthDestination(Evaluation it) {
    return it.inquiry().recipient().filter(this::isAuthorized).isPresent()
        ? Verdict.PERMIT
        : Verdict.UNDECIDED;
  }

  Verdict rejectUnauthDestination(Evaluation it) {
    return unauthorized(it, settings.codes().relay(), "5.7.1");
  }

  Verdict deferUnauthDestination(Evaluation it) {
    return unauthorized(
        it, settings.codes().relay() / 100 == 4 ? settings.codes().relay() : 454, "4.7.1");
  }

  private Verdict unauthorized(Evaluation it, int code, String enhanced) {
    Optional<String> recipient = it.inquiry().recipient();
    return recipient.isEmpty() || isAuthorized(recipient.get())
        ? Verdict.UNDECIDED
        : it.reject(code, enhanced, "<%s>: Relay access denied".formatted(recipient.get()));
  }

  boolean isAuthorized(String address) {
    Recipient recipient = resolved(address);
    return settings.addresses().destinations().classOf(recipient).isAuthorized()
        && !recipient.isRouted();
  }

  Verdict rejectUnlistedSender(Evaluation it) {
    return sender(it, (address, subject) -> listed(it, address, subject));
  }

  Verdict rejectUnlistedRecipient(Evaluation it) {
    return recipient(it, (address, subject) -> listed(it, address, subject));
  }

  private Verdict listed(Evaluation it, String address, Subject subject) {
    it.listingAsked(subject.kind());
    Recipient recipient = resolved(address);
    Destinations destinations = settings.addresses().destinations();
    return settings
        .addresses()
        .listed()
        .refusal(recipient, destinations.classOf(recipient), destinations)
        .map(
            refusal ->
                it.reject(
                    refusal.code(),
                    new EnhancedCode(
                            subject.kind() == Subject.Kind.SENDER ? refusal.ofSender() : "5.1.1",
                            refusal.why())
                        .about(subject.kind(), it.log()),
                    subject.rejected(refusal.why())))
        .orElse(Verdict.UNDECIDED);
  }

  Verdict rejectMultiRecipientBounce(Evaluation it) {
    int others = it.inquiry().command().equals("RCPT") ? 0 : 1;
    return it.inquiry().sender().filter(String::isEmpty).isPresent()
            && it.inquiry().recipientCount() > others
        ? it.reject(
            settings.codes().multiRecipientBounce(),
            "5.5.3",
            it.subject().rejected("Multi-recipient bounce"))
        : Verdict.UNDECIDED;
  }

  Verdict rejectAuthenticatedSenderLoginMismatch(Evaluation it) {
    return sender(it, (address, subject) -> notOwned(it, address, false));
  }

  Verdict rejectUnauthenticatedSenderLoginMismatch(Evaluation it) {
    return sender(it, (address, subject) -> notLoggedIn(it, address));
  }

  Verdict rejectSenderLoginMismatch(Evaluation it) {
    return loginMismatch(it, false);
  }

  Verdict rejectKnownSenderLoginMismatch(Evaluation it) {
    return loginMismatch(it, true);
  }

  /** Of the two one says nothing: a client has logged in or has not. */
  private Verdict loginMismatch(Evaluation it, boolean strangersOwn) {
    return sender(
        it,
        (address, subject) ->
            it.inquiry().login().isPresent()
                ? notOwned(it, address, strangersOwn)
                : notLoggedIn(it, address));
  }

  private Verdict notOwned(Evaluation it, String sender, boolean strangersOwn) {
    Optional<String> username = it.inquiry().login().map(Login::username);
    if (username.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    boolean owns =
        owners(sender)
            .map(
                owners ->
                    Tokens.split(owners).stream()
                        .anyMatch(
                            owner ->
                                owner
                                    .toLowerCase(Locale.ROOT)
                                    .equals(
                                        WireText.characters(username.get())
                                            .toLowerCase(Locale.ROOT))))
            .orElse(strangersOwn);
    return owns
        ? Verdict.UNDECIDED
        : it.reject(
            553,
            "5.7.1",
            "<%s>: Sender address rejected: not owned by user %s"
                .formatted(sender, username.get()));
  }

  private Verdict notLoggedIn(Evaluation it, String sender) {
    return it.inquiry().login().isEmpty() && owners(sender).isPresent()
        ? it.reject(553, "5.7.1", "<%s>: Sender address rejected: not logged in".formatted(sender))
        : Verdict.UNDECIDED;
  }

  private Optional<String> owners(String sender) {
    RestrictionSettings.Addresses addresses = settings.addresses();
    return settings
        .clients()
        .senderLogins()
        .find(
            AddressKeys.of(
                resolved(sender).resolved().address(),
                addresses.extension(),
                domain ->
                    domain.equalsIgnoreCase(addresses.origin())
                        || addresses.destinations().isLocal(domain)));
  }
}
