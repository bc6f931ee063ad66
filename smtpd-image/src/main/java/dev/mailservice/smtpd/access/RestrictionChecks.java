package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.parameters.RestrictionLists;
import dev.mailservice.maincf.restriction.Restriction;
import dev.mailservice.maincf.restriction.RestrictionList;
import dev.mailservice.maincf.restriction.RestrictionName;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.dns.RecordType;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes restrictions of one step of a session ready to be asked: which name does what. */
final class RestrictionChecks {
  private static final Set<RestrictionName> ENDS =
      EnumSet.of(RestrictionName.PERMIT, RestrictionName.DEFER, RestrictionName.REJECT);

  private final RestrictionLists.Place place;
  private final RestrictionSettings settings;
  private final ClientChecks clients;
  private final HeloChecks helo;
  private final AddressChecks addresses;
  private final AccessAction actions;
  private final Map<String, Check> classes = new HashMap<>();

  RestrictionChecks(RestrictionLists.Place place, RestrictionSettings settings) {
    this.place = place;
    this.settings = settings;
    var domains = new DomainQuestions();
    this.clients = new ClientChecks(settings);
    this.helo = new HeloChecks(settings, domains);
    this.addresses = new AddressChecks(settings, domains);
    this.actions = new AccessAction(settings, this::listOf);
    for (String name : settings.lists().classes().keySet()) {
      classes.put(name, list(settings.lists().ofClass(place, name)));
    }
  }

  /** The step's whole list. */
  Check list() {
    return list(settings.lists().at(place));
  }

  /** A list that stands in a table. Its tables were refused before. */
  private Check listOf(String action) {
    return list(
        RestrictionList.read(
            WireText.wire(action), place.bareTable(), settings.lists().classes().keySet()));
  }

  private Check list(List<Restriction> restrictions) {
    var links = new ArrayList<RestrictionChain.Link>();
    for (int i = 0; i < restrictions.size(); i++) {
      Restriction restriction = restrictions.get(i);
      Check check = check(restriction);
      boolean isLast = i + 1 == restrictions.size();
      links.add(
          new RestrictionChain.Link(
              restriction.warnOnly(),
              isLast ? check : ending(restriction, check, restrictions.get(i + 1))));
    }
    return new RestrictionChain(links);
  }

  /** What stands behind the end of a list is a mistake, which Postfix names whenever it is met. */
  private static Check ending(Restriction restriction, Check check, Restriction next) {
    if (!(restriction instanceof Restriction.Named(RestrictionName name, _, boolean warnOnly))
        || warnOnly
        || !ENDS.contains(name)) {
      return check;
    }
    return it -> {
      Verdict verdict = check.check(it);
      if (verdict != Verdict.UNDECIDED) {
        it.log()
            .warning(
                "restriction `%s' after `%s' is ignored".formatted(word(next), name.spelling()));
      }
      return verdict;
    };
  }

  private static String word(Restriction restriction) {
    if (restriction.warnOnly()) {
      return RestrictionList.WARN_IF_REJECT;
    }
    return switch (restriction) {
      case Restriction.Named named -> named.name().spelling();
      case Restriction.OfClass ofClass -> ofClass.className();
      case Restriction.Malformed malformed -> malformed.message();
    };
  }

  private Check check(Restriction restriction) {
    return switch (restriction) {
      case Restriction.Named(RestrictionName name, String argument, boolean warnOnly) ->
          named(name, argument);
      case Restriction.OfClass(String name, boolean warnOnly) -> it -> ofClass(it, name);
      case Restriction.Malformed(String message, boolean warnOnly) ->
          it -> {
            throw new ConfigurationFault(message);
          };
    };
  }

  /** Looked for when it is come by, since classes may name each other. */
  private Verdict ofClass(Evaluation it, String name) {
    Check list = classes.get(name);
    if (list == null) {
      throw new ConfigurationFault("restriction class `%s' needs a definition".formatted(name));
    }
    return list.check(it);
  }

  private Check named(RestrictionName name, String argument) {
    return switch (name.argument()) {
      case NONE -> plain(name);
      case TABLE -> table(name, argument);
      case DNS_LIST -> dnsList(name, DnsList.of(argument, settings));
      case POLICY_SERVICE -> policy(argument);
      case SECONDS -> {
        int seconds = Integer.parseInt(argument);
        yield it -> {
          settings.openings().sleep().accept(seconds);
          return Verdict.UNDECIDED;
        };
      }
    };
  }

  private Check plain(RestrictionName name) {
    RestrictionSettings.Codes codes = settings.codes();
    return switch (name) {
      case PERMIT -> it -> Verdict.PERMIT;
      case REJECT ->
          it -> it.reject(codes.reject(), "5.7.1", it.subject().rejected("Access denied"));
      case DEFER ->
          it -> it.reject(codes.defer(), "4.3.2", it.subject().rejected("Try again later"));
      case DEFER_IF_PERMIT ->
          it -> {
            it.deferIfPermit(requested(it, "defer_if_permit requested"));
            return Verdict.UNDECIDED;
          };
      case DEFER_IF_REJECT ->
          it -> {
            it.deferIfReject(requested(it, "defer_if_reject requested"));
            return Verdict.UNDECIDED;
          };
      case REJECT_UNAUTH_PIPELINING -> clients::rejectUnauthPipelining;
      case REJECT_PLAINTEXT_SESSION -> clients::rejectPlaintextSession;
      case PERMIT_INET_INTERFACES -> clients::permitInetInterfaces;
      case PERMIT_MYNETWORKS -> clients::permitMyNetworks;
      case PERMIT_SASL_AUTHENTICATED -> clients::permitSaslAuthenticated;
      case PERMIT_TLS_CLIENTCERTS -> clients::permitTlsClientcerts;
      case PERMIT_TLS_ALL_CLIENTCERTS -> clients::permitTlsAllClientcerts;
      case REJECT_UNKNOWN_CLIENT_HOSTNAME -> clients::rejectUnknownClientHostname;
      case REJECT_UNKNOWN_REVERSE_CLIENT_HOSTNAME -> clients::rejectUnknownReverseClientHostname;
      case REJECT_INVALID_HELO_HOSTNAME -> helo::rejectInvalidHostname;
      case REJECT_NON_FQDN_HELO_HOSTNAME -> helo::rejectNonFqdnHostname;
      case REJECT_UNKNOWN_HELO_HOSTNAME -> helo::rejectUnknownHostname;
      default -> ofAddress(name);
    };
  }

  private static Deferral requested(Evaluation it, String why) {
    return new Deferral(450, "4.7.0", it.subject().rejected(why));
  }

  private Check ofAddress(RestrictionName name) {
    return switch (name) {
      case REJECT_NON_FQDN_SENDER -> addresses::rejectNonFqdnSender;
      case REJECT_UNKNOWN_SENDER_DOMAIN -> addresses::rejectUnknownSenderDomain;
      case REJECT_UNLISTED_SENDER -> addresses::rejectUnlistedSender;
      case REJECT_SENDER_LOGIN_MISMATCH -> logins(name, addresses::rejectSenderLoginMismatch);
      case REJECT_AUTHENTICATED_SENDER_LOGIN_MISMATCH ->
          logins(name, addresses::rejectAuthenticatedSenderLoginMismatch);
      case REJECT_UNAUTHENTICATED_SENDER_LOGIN_MISMATCH ->
          logins(name, addresses::rejectUnauthenticatedSenderLoginMismatch);
      case REJECT_KNOWN_SENDER_LOGIN_MISMATCH ->
          logins(name, addresses::rejectKnownSenderLoginMismatch);
      case PERMIT_AUTH_DESTINATION -> addresses::permitAuthDestination;
      case REJECT_UNAUTH_DESTINATION -> addresses::rejectUnauthDestination;
      case DEFER_UNAUTH_DESTINATION -> addresses::deferUnauthDestination;
      case REJECT_NON_FQDN_RECIPIENT -> addresses::rejectNonFqdnRecipient;
      case REJECT_UNKNOWN_RECIPIENT_DOMAIN -> addresses::rejectUnknownRecipientDomain;
      case REJECT_UNLISTED_RECIPIENT -> addresses::rejectUnlistedRecipient;
      case REJECT_MULTI_RECIPIENT_BOUNCE -> addresses::rejectMultiRecipientBounce;
      default -> throw new IllegalStateException("no rule for " + name);
    };
  }

  /** Without logins nothing can be said of them. */
  private Check logins(RestrictionName name, Check check) {
    return settings.clients().canLogIn()
        ? check
        : it -> {
          ignored(name)
              .forEach(
                  ignored ->
                      it.log()
                          .warning(
                              "restriction `%s' ignored: no SASL support"
                                  .formatted(ignored.spelling())));
          return Verdict.UNDECIDED;
        };
  }

  /** One of them stands for two others. */
  private static List<RestrictionName> ignored(RestrictionName name) {
    return name == RestrictionName.REJECT_SENDER_LOGIN_MISMATCH
        ? List.of(
            RestrictionName.REJECT_AUTHENTICATED_SENDER_LOGIN_MISMATCH,
            RestrictionName.REJECT_UNAUTHENTICATED_SENDER_LOGIN_MISMATCH)
        : List.of(name);
  }

  private Check table(RestrictionName name, String reference) {
    var table =
        new AccessTable(
            reference,
            settings.openings().tables().apply(place.parameter().name(), reference),
            actions);
    BiFunction<Evaluation, AccessTable, Verdict> asks =
        switch (name) {
          case CHECK_CLIENT_ACCESS -> clients::checkClientAccess;
          case CHECK_REVERSE_CLIENT_HOSTNAME_ACCESS -> clients::checkReverseClientHostnameAccess;
          case CHECK_CCERT_ACCESS -> clients::checkCcertAccess;
          case CHECK_SASL_ACCESS -> clients::checkSaslAccess;
          case CHECK_HELO_ACCESS -> helo::checkAccess;
          case CHECK_SENDER_ACCESS -> addresses::checkSenderAccess;
          case CHECK_RECIPIENT_ACCESS -> addresses::checkRecipientAccess;
          case CHECK_ETRN_ACCESS -> addresses::checkEtrnAccess;
          case CHECK_CLIENT_A_ACCESS ->
              ofClientName(name, RecordType.A, Client::name, Subject.Kind.CLIENT);
          case CHECK_CLIENT_MX_ACCESS ->
              ofClientName(name, RecordType.MX, Client::name, Subject.Kind.CLIENT);
          case CHECK_CLIENT_NS_ACCESS ->
              ofClientName(name, RecordType.NS, Client::name, Subject.Kind.CLIENT);
          case CHECK_REVERSE_CLIENT_HOSTNAME_A_ACCESS ->
              ofClientName(name, RecordType.A, Client::reverseName, Subject.Kind.REVERSE_CLIENT);
          case CHECK_REVERSE_CLIENT_HOSTNAME_MX_ACCESS ->
              ofClientName(name, RecordType.MX, Client::reverseName, Subject.Kind.REVERSE_CLIENT);
          case CHECK_REVERSE_CLIENT_HOSTNAME_NS_ACCESS ->
              ofClientName(name, RecordType.NS, Client::reverseName, Subject.Kind.REVERSE_CLIENT);
          default -> ofServers(name);
        };
    return it -> asks.apply(it, table);
  }

  private BiFunction<Evaluation, AccessTable, Verdict> ofServers(RestrictionName name) {
    return switch (name) {
      case CHECK_HELO_A_ACCESS -> servers(name, RecordType.A, Inquiry::helo, Subject.Kind.HELO);
      case CHECK_HELO_MX_ACCESS -> servers(name, RecordType.MX, Inquiry::helo, Subject.Kind.HELO);
      case CHECK_HELO_NS_ACCESS -> servers(name, RecordType.NS, Inquiry::helo, Subject.Kind.HELO);
      case CHECK_SENDER_A_ACCESS ->
          servers(name, RecordType.A, Inquiry::sender, Subject.Kind.SENDER);
      case CHECK_SENDER_MX_ACCESS ->
          servers(name, RecordType.MX, Inquiry::sender, Subject.Kind.SENDER);
      case CHECK_SENDER_NS_ACCESS ->
          servers(name, RecordType.NS, Inquiry::sender, Subject.Kind.SENDER);
      case CHECK_RECIPIENT_A_ACCESS ->
          servers(name, RecordType.A, Inquiry::recipient, Subject.Kind.RECIPIENT);
      case CHECK_RECIPIENT_MX_ACCESS ->
          servers(name, RecordType.MX, Inquiry::recipient, Subject.Kind.RECIPIENT);
      case CHECK_RECIPIENT_NS_ACCESS ->
          servers(name, RecordType.NS, Inquiry::recipient, Subject.Kind.RECIPIENT);
      default -> throw new IllegalStateException("no rule for " + name);
    };
  }

  private BiFunction<Evaluation, AccessTable, Verdict> ofClientName(
      RestrictionName restriction,
      RecordType type,
      Function<Client, HostName> name,
      Subject.Kind kind) {
    var servers = new ServerAccess(settings, restriction.spelling(), type);
    return (it, table) -> {
      Client client = it.inquiry().client();
      String host = name.apply(client).text();
      return host.equals(Client.UNKNOWN)
          ? Verdict.UNDECIDED
          : servers.check(
              it,
              table,
              host,
              new Subject(kind == Subject.Kind.CLIENT ? client.toString() : host, kind));
    };
  }

  private BiFunction<Evaluation, AccessTable, Verdict> servers(
      RestrictionName restriction,
      RecordType type,
      Function<Inquiry, Optional<String>> name,
      Subject.Kind kind) {
    var servers = new ServerAccess(settings, restriction.spelling(), type);
    return (it, table) ->
        name.apply(it.inquiry())
            .filter(text -> !text.isEmpty())
            .map(text -> servers.check(it, table, text, new Subject(text, kind)))
            .orElse(Verdict.UNDECIDED);
  }

  private Check dnsList(RestrictionName name, DnsList list) {
    return switch (name) {
      case REJECT_RBL_CLIENT ->
          it -> list.rejectAddress(it, it.inquiry().client().address(), Subject.Kind.CLIENT);
      case PERMIT_DNSWL_CLIENT ->
          it ->
              mayPermit(it)
                  ? list.permitAddress(it, it.inquiry().client().address())
                  : Verdict.UNDECIDED;
      case PERMIT_RHSWL_CLIENT ->
          it ->
              mayPermit(it)
                  ? list.permitDomain(it, it.inquiry().client().name().text())
                  : Verdict.UNDECIDED;
      case REJECT_RHSBL_CLIENT ->
          listed(list, it -> known(it.client().name()), Subject.Kind.CLIENT);
      case REJECT_RHSBL_REVERSE_CLIENT ->
          listed(list, it -> known(it.client().reverseName()), Subject.Kind.REVERSE_CLIENT);
      case REJECT_RHSBL_HELO -> listed(list, Inquiry::helo, Subject.Kind.HELO);
      case REJECT_RHSBL_SENDER -> listed(list, Inquiry::sender, Subject.Kind.SENDER);
      case REJECT_RHSBL_RECIPIENT -> listed(list, Inquiry::recipient, Subject.Kind.RECIPIENT);
      default -> throw new IllegalStateException("no rule for " + name);
    };
  }

  private static Check listed(
      DnsList list, Function<Inquiry, Optional<String>> name, Subject.Kind kind) {
    return it ->
        name.apply(it.inquiry())
            .map(text -> list.rejectDomain(it, text, kind))
            .orElse(Verdict.UNDECIDED);
  }

  private static Optional<String> known(HostName name) {
    return Optional.of(name.text()).filter(it -> !it.equals(Client.UNKNOWN));
  }

  /** Somebody else's list must never make an open relay of this server. */
  private boolean mayPermit(Evaluation it) {
    return it.inquiry().recipient().isEmpty()
        || addresses.isAuthorized(it.inquiry().recipient().get());
  }

  private Check policy(String server) {
    PolicyService service = settings.openings().policyServices().apply(server);
    return it -> {
      String request = PolicyRequest.of(it.inquiry(), service.context(), service.stress());
      return actions.apply(
          it,
          new AccessAction.Source(server, "policy query"),
          service.action(request),
          it.subject());
    };
  }
}
