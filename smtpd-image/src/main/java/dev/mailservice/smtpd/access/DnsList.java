package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Template;
import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.dns.Answer;
import dev.mailservice.smtpd.dns.RecordType;
import dev.mailservice.smtpd.dns.ReverseName;
import dev.mailservice.smtpd.protocol.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A DNS block or allow list, RFC 5782.
 *
 * @param zone the list's domain
 * @param text as the configuration names it, with the answers that count
 * @param counts which answers count
 */
record DnsList(String zone, String text, AnswerFilter counts, RestrictionSettings settings) {
  private static final int MAX_REASON = 500;

  /** What a list says of somebody. */
  private enum Listing {
    LISTED,
    NOT_LISTED,
    UNKNOWN
  }

  /**
   * Reads {@code domain} or {@code domain=address}.
   *
   * @throws ConfigurationFault if the address is no pattern of one
   */
  static DnsList of(String argument, RestrictionSettings settings) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      return new DnsList(argument, argument, AnswerFilter.ANY, settings);
    }
    return new DnsList(
        argument.substring(0, equals),
        argument,
        AnswerFilter.parse(argument.substring(equals + 1)),
        settings);
  }

  /** Refuses an address that is on the list. */
  Verdict rejectAddress(Evaluation it, String address, Subject.Kind kind) {
    Optional<String> query = query(address);
    return query.isPresent() && listing(it, query.get()) == Listing.LISTED
        ? reject(it, query.get(), address, kind)
        : Verdict.UNDECIDED;
  }

  /** Refuses a name, or an address's domain, that is on the list. */
  Verdict rejectDomain(Evaluation it, String what, Subject.Kind kind) {
    Optional<String> query = domainQuery(what);
    return query.isPresent() && listing(it, query.get()) == Listing.LISTED
        ? reject(it, query.get(), what, kind)
        : Verdict.UNDECIDED;
  }

  /** Lets an address through that is on the list. */
  Verdict permitAddress(Evaluation it, String address) {
    return permit(it, query(address), address);
  }

  /** Lets a name through that is on the list. */
  Verdict permitDomain(Evaluation it, String name) {
    return permit(it, domainQuery(name), name);
  }

  private Verdict permit(Evaluation it, Optional<String> query, String what) {
    if (query.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    return switch (listing(it, query.get())) {
      case LISTED -> Verdict.PERMIT;
      case NOT_LISTED -> Verdict.UNDECIDED;
      case UNKNOWN -> {
        it.deferIfReject(
            new Deferral(
                450,
                "4.7.1",
                new Subject(what, Subject.Kind.CLIENT).rejected("Service unavailable")));
        yield Verdict.UNDECIDED;
      }
    };
  }

  private Optional<String> query(String address) {
    return HostAddress.parse(address).map(it -> ReverseName.in(it, zone));
  }

  /** Some lists take a name that ends in digits for an address and list all of those. */
  private Optional<String> domainQuery(String what) {
    String domain = what.indexOf('@') >= 0 ? HostSyntax.domainOf(what) : what;
    String last = domain.substring(domain.lastIndexOf('.') + 1);
    return domain.startsWith("[")
            || !DomainName.isValid(domain)
            || last.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.empty()
        : Optional.of(domain + "." + zone);
  }

  /** Who cannot be asked about gets the benefit of the doubt. */
  private Listing listing(Evaluation it, String query) {
    return switch (it.dns().lookup(query, RecordType.A)) {
      case Answer.Found(List<String> values) ->
          values.stream().anyMatch(counts::matches) ? Listing.LISTED : Listing.NOT_LISTED;
      case Answer.Missing missing -> Listing.NOT_LISTED;
      case Answer.Unknown unknown -> {
        it.log()
            .warning(
                ("%s: RBL lookup error: Host or domain name not found. Name service error for"
                        + " name=%s type=A: %s")
                    .formatted(query, query, Answer.Unknown.REASON));
        yield Listing.UNKNOWN;
      }
    };
  }

  private Verdict reject(Evaluation it, String query, String what, Subject.Kind kind) {
    String reason =
        it.dns().lookup(query, RecordType.TXT) instanceof Answer.Found(List<String> texts)
            ? texts.stream().collect(Collectors.joining(" / "))
            : "";
    RestrictionSettings.DnsListReplies replies = settings.dnsLists();
    var session = new ReplyAttributes(it.inquiry(), it.log()::warning);
    Function<String, Optional<String>> attributes =
        name ->
            switch (name) {
              case "rbl_code" -> Optional.of(String.valueOf(replies.code()));
              case "rbl_domain" -> Optional.of(zone);
              case "rbl_reason", "rbl_txt" ->
                  Optional.of(reason.substring(0, Math.min(reason.length(), MAX_REASON)));
              case "rbl_what" -> Optional.of(what);
              case "rbl_class" -> Optional.of(kind.words());
              default -> session.value(name);
            };
    var names = new ReplyTemplate(replies.allowedCharacters());
    Template byDefault = new Template("default_rbl_reply", replies.template());
    String reply =
        replies
            .maps()
            .get()
            .find(SearchKey.whole(text))
            .map(found -> new Template("rbl_reply_maps", found))
            .flatMap(template -> expanded(names, template, attributes, it))
            .or(() -> expanded(names, byDefault, attributes, it))
            .orElse("");
    return say(it, reply, kind);
  }

  /** Empty if the administrator has to be told that it is malformed. */
  private static Optional<String> expanded(
      ReplyTemplate names,
      Template template,
      Function<String, Optional<String>> attributes,
      Evaluation it) {
    try {
      return Optional.of(names.expand(template, attributes));
    } catch (MainCfException e) {
      it.log().warning(e.diagnostic().message());
      return Optional.empty();
    }
  }

  private static Verdict say(Evaluation it, String reply, Subject.Kind kind) {
    if (!reply.matches("(?s)[45][0-9]{2} .*")) {
      it.log().warning("rbl response code configuration error: " + reply);
      return it.reject(450, "4.7.1", "Service unavailable");
    }
    EnhancedCode split = EnhancedCode.split("4.7.1", reply.substring(4));
    return it.reject(
        Integer.parseInt(reply.substring(0, 3)),
        split.about(kind, it.log()),
        split.text().isEmpty() ? "Service unavailable" : split.text());
  }
}
