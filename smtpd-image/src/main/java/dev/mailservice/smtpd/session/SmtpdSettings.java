package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.AccessParameters;
import dev.mailservice.maincf.parameters.AddressRewritingParameters;
import dev.mailservice.maincf.parameters.CleanupParameters;
import dev.mailservice.maincf.parameters.CompatibilityParameters;
import dev.mailservice.maincf.parameters.ContentFilterParameters;
import dev.mailservice.maincf.parameters.FlushParameters;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.Prerequisites;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.maincf.parameters.RateParameters;
import dev.mailservice.maincf.parameters.SaslParameters;
import dev.mailservice.maincf.parameters.SmtpUtf8Parameters;
import dev.mailservice.maincf.parameters.TarpitParameters;
import dev.mailservice.maincf.parameters.TlsParameters;
import dev.mailservice.maincf.parameters.TroubleShootingParameters;
import dev.mailservice.maincf.parameters.UpstreamProxyParameters;
import dev.mailservice.maincf.parameters.VerpParameters;
import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.access.MatchList;
import dev.mailservice.smtpd.access.ReplyTemplate;
import dev.mailservice.smtpd.access.Restrictions;
import dev.mailservice.smtpd.access.RewriteClients;
import dev.mailservice.smtpd.address.AddressResolver;
import dev.mailservice.smtpd.address.OwnAddresses;
import dev.mailservice.smtpd.anvil.ClientLimits;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.policy.PolicyServers;
import dev.mailservice.smtpd.protocol.Characters;
import dev.mailservice.smtpd.protocol.EhloKeyword;
import dev.mailservice.smtpd.protocol.Offer;
import dev.mailservice.smtpd.protocol.ProtocolSettings;
import dev.mailservice.smtpd.protocol.WireText;
import dev.mailservice.smtpd.sasl.Authentication;
import dev.mailservice.smtpd.sasl.AuthenticationServices;
import dev.mailservice.smtpd.sasl.SaslSettings;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.tls.TlsServer;
import dev.mailservice.smtpd.tls.TlsSettings;
import dev.mailservice.smtpd.trace.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a session needs to know of {@code main.cf}: one such value for the calm server, one for the
 * stressed.
 *
 * @param banner {@code smtpd_banner}
 * @param lineLengthLimit {@code line_length_limit}, bytes
 * @param errorSleepTime {@code smtpd_error_sleep_time}
 * @param nextHopPatience {@code smtpd_proxy_concurrency_timeout}
 * @param protocol limits of the protocol table
 * @param patience how slow a client may be
 * @param restrictions who may do what
 * @param rewriteClients whose mail is this site's own
 * @param footer what stands behind refusals
 * @param newlines line feeds alone
 * @param ehlo what EHLO offers to whom
 * @param trace what the Received header shows
 * @param identity how it is found out who the client is
 * @param clientLimits how much one client network may do
 * @param opensEarly whether the next hop is asked about senders before there is a recipient, {@code
 *     smtpd_delay_open_until_valid_rcpt = no}
 * @param flushDomains {@code fast_flush_domains}
 * @param hopcountLimit {@code hopcount_limit}
 * @param tls begins TLS
 * @param authentication lets clients log in
 */
public record SmtpdSettings(
    String banner,
    int lineLengthLimit,
    Duration errorSleepTime,
    Duration nextHopPatience,
    ProtocolSettings protocol,
    PatienceLimits patience,
    Restrictions restrictions,
    RewriteClients rewriteClients,
    ReplyFooter footer,
    NewlineSettings newlines,
    EhloSettings ehlo,
    Received.Style trace,
    IdentitySettings identity,
    ClientLimits clientLimits,
    boolean opensEarly,
    MatchList flushDomains,
    int hopcountLimit,
    TlsServer tls,
    Authentication authentication) {

  /**
   * Line feeds alone.
   *
   * @param meaning {@code smtpd_forbid_bare_newline}
   * @param exclusions {@code smtpd_forbid_bare_newline_exclusions}
   * @param rejectCode {@code smtpd_forbid_bare_newline_reject_code}
   */
  record NewlineSettings(BareNewlines meaning, MatchList exclusions, int rejectCode) {
    /** A list that cannot answer excludes nobody, as in Postfix. */
    BareNewlines of(Client client) {
      try {
        return meaning.areDetected() && exclusions.hasClient(client) ? BareNewlines.ALLOW : meaning;
      } catch (LookupFailure e) {
        return meaning;
      }
    }
  }

  /**
   * What EHLO offers to whom.
   *
   * @param discarded {@code smtpd_discard_ehlo_keywords}
   * @param discardedByAddress {@code smtpd_discard_ehlo_keyword_address_maps}
   * @param verpClients {@code smtpd_authorized_verp_clients}
   * @param xclientHosts {@code smtpd_authorized_xclient_hosts}
   * @param xforwardHosts {@code smtpd_authorized_xforward_hosts}
   */
  record EhloSettings(
      Set<EhloKeyword> discarded,
      Supplier<Maps> discardedByAddress,
      MatchList verpClients,
      MatchList xclientHosts,
      MatchList xforwardHosts) {
    Set<EhloKeyword> discardedFor(Client client) {
      Maps maps = discardedByAddress.get();
      return maps.isEmpty()
          ? discarded
          : maps.find(SearchKey.whole(client.address())).map(EhloKeyword::parse).orElse(discarded);
    }
  }

  /**
   * How it is found out who the client is.
   *
   * @param looksUpNames {@code smtpd_peername_lookup}
   * @param dnsTimeout {@code smtpd_dns_timeout}
   * @param behindProxy whether {@code smtpd_upstream_proxy_protocol} is haproxy
   * @param proxyTimeout {@code smtpd_upstream_proxy_timeout}
   * @param proxies {@code smtpd_upstream_proxy_hosts}
   */
  record IdentitySettings(
      boolean looksUpNames,
      Duration dnsTimeout,
      boolean behindProxy,
      Duration proxyTimeout,
      MatchList proxies) {}

  /**
   * What a client is offered.
   *
   * @param mechanisms the SASL mechanisms that it may use
   */
  Offer offer(SessionIdentity identity, List<String> mechanisms) {
    Client client = identity.client();
    boolean secured = identity.tls().isPresent();
    return new Offer(
        ehlo.discardedFor(client),
        tls.settings().level() != TlsSettings.Level.NONE,
        secured,
        authentication.settings().exceptions().hasClient(client) ? List.of() : mechanisms,
        authentication.isEnabled(secured),
        authentication.settings().brokenClients(),
        ehlo.verpClients().hasClient(client),
        ehlo.xclientHosts().hasClient(client),
        ehlo.xforwardHosts().hasClient(identity.peer()));
  }

  /** Whether a domain is in {@code mydestination}. */
  public boolean isLocalDomain(String domain) {
    return restrictions.destinations().isLocal(domain);
  }

  BareNewlines bareNewlines(Client client) {
    return newlines.of(client);
  }

  int bareNewlineCode() {
    return newlines.rejectCode();
  }

  /**
   * Reads what a session needs.
   *
   * @param tables opens what lists and tables name; what is wrong with them is for it to say
   * @param policies connects to policy servers
   * @param logins knows authentication services
   * @param now the time, for certificates that are past theirs
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   * @throws IllegalArgumentException if a list names what is not implemented, or if something is
   *     not set that the rest needs
   */
  public static SmtpdSettings from(
      Configuration main,
      TableDirectory tables,
      PolicyServers policies,
      AuthenticationServices logins,
      Supplier<Instant> now) {
    AddressResolver resolver = Resolution.resolver(main, tables);
    Prerequisites.demand(main);
    TlsSettings tls = TlsSettings.from(main);
    return new SmtpdSettings(
        main.get(MiscellaneousParameters.SMTPD_BANNER),
        main.get(RateParameters.LINE_LENGTH_LIMIT),
        main.get(TarpitParameters.SMTPD_ERROR_SLEEP_TIME),
        main.get(ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_TIMEOUT),
        protocolSettings(main, tables, resolver, tls),
        new PatienceLimits(
            main.get(RateParameters.SMTPD_TIMEOUT),
            main.get(CompatibilityParameters.SMTPD_PER_REQUEST_DEADLINE),
            main.get(CompatibilityParameters.SMTPD_MIN_DATA_RATE)),
        new Restrictions(RestrictionConfiguration.settings(main, tables, policies, resolver)),
        rewriteClients(main, tables, resolver.own()),
        new ReplyFooter(
            main.get(TroubleShootingParameters.SMTPD_REJECT_FOOTER),
            tables.maps(main, MiscellaneousParameters.SMTPD_REJECT_FOOTER_MAPS.name())::current,
            new ReplyTemplate(RestrictionConfiguration.allowedCharacters(main)),
            main.get(TroubleShootingParameters.SOFT_BOUNCE)),
        new NewlineSettings(
            BareNewlines.of(main.get(RateParameters.SMTPD_FORBID_BARE_NEWLINE)),
            list(main, tables, RateParameters.SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS),
            main.get(RateParameters.SMTPD_FORBID_BARE_NEWLINE_REJECT_CODE)),
        ehloSettings(main, tables),
        new Received.Style(
            main.get(MiscellaneousParameters.MYHOSTNAME),
            main.get(MiscellaneousParameters.MAIL_NAME),
            main.get(TlsParameters.SMTPD_TLS_RECEIVED_HEADER),
            main.get(TlsParameters.SMTPD_TLS_ASK_CCERT),
            main.get(SaslParameters.SMTPD_SASL_AUTHENTICATED_HEADER)),
        identitySettings(main, tables),
        clientLimits(main, tables),
        !main.get(CompatibilityParameters.SMTPD_DELAY_OPEN_UNTIL_VALID_RCPT),
        list(main, tables, FlushParameters.FAST_FLUSH_DOMAINS),
        main.get(CleanupParameters.HOPCOUNT_LIMIT),
        TlsServer.open(main, tls, tables, now),
        logins.open(SaslSettings.from(main, tables)));
  }

  private static IdentitySettings identitySettings(Configuration main, TableDirectory tables) {
    boolean behindProxy =
        main.get(UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_PROTOCOL).equals("haproxy");
    return new IdentitySettings(
        main.get(RateParameters.SMTPD_PEERNAME_LOOKUP),
        main.get(RateParameters.SMTPD_DNS_TIMEOUT),
        behindProxy,
        main.get(UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_TIMEOUT),
        list(main, tables, UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_HOSTS));
  }

  private static ClientLimits clientLimits(Configuration main, TableDirectory tables) {
    return new ClientLimits(
        main.get(RateParameters.SMTPD_CLIENT_CONNECTION_COUNT_LIMIT),
        main.get(RateParameters.SMTPD_CLIENT_CONNECTION_RATE_LIMIT),
        main.get(RateParameters.SMTPD_CLIENT_MESSAGE_RATE_LIMIT),
        main.get(RateParameters.SMTPD_CLIENT_RECIPIENT_RATE_LIMIT),
        main.get(RateParameters.SMTPD_CLIENT_NEW_TLS_SESSION_RATE_LIMIT),
        main.get(RateParameters.SMTPD_CLIENT_AUTH_RATE_LIMIT),
        main.get(RateParameters.SMTPD_CLIENT_SLOT_SHARE_LIMIT),
        list(main, tables, RateParameters.SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS),
        new ClientLimits.Prefixes(
            main.get(RateParameters.SMTPD_CLIENT_IPV4_PREFIX_LENGTH),
            main.get(RateParameters.SMTPD_CLIENT_IPV6_PREFIX_LENGTH)));
  }

  /** A table that fails now is no error of the client's; whoever needs the answer is told. */
  private static boolean isAddress(AddressResolver resolver, String address, boolean smtpUtf8) {
    try {
      return resolver.isAddress(address, smtpUtf8);
    } catch (LookupFailure e) {
      return true;
    }
  }

  private static ProtocolSettings protocolSettings(
      Configuration main, TableDirectory tables, AddressResolver resolver, TlsSettings tls) {
    return new ProtocolSettings(
        main.get(MiscellaneousParameters.MYHOSTNAME),
        new ProtocolSettings.Limits(
            main.get(TarpitParameters.SMTPD_HARD_ERROR_LIMIT),
            main.get(TarpitParameters.SMTPD_SOFT_ERROR_LIMIT),
            main.get(TarpitParameters.SMTPD_JUNK_COMMAND_LIMIT),
            main.get(RateParameters.SMTPD_RECIPIENT_LIMIT),
            main.get(TarpitParameters.SMTPD_RECIPIENT_OVERSHOOT_LIMIT),
            main.get(RateParameters.MESSAGE_SIZE_LIMIT)),
        new ProtocolSettings.Envelopes(
            main.get(CompatibilityParameters.STRICT_RFC821_ENVELOPES),
            main.get(SmtpUtf8Parameters.SMTPUTF8_ENABLE),
            main.get(SmtpUtf8Parameters.STRICT_SMTPUTF8),
            (address, smtpUtf8) -> isAddress(resolver, address, smtpUtf8)),
        main.get(AccessParameters.SMTPD_HELO_REQUIRED),
        main.get(CompatibilityParameters.DISABLE_VRFY_COMMAND),
        tls.level() == TlsSettings.Level.ENCRYPT,
        main.get(RateParameters.SMTPD_FORBID_UNAUTH_PIPELINING),
        main.get(VerpParameters.VERP_DELIMITER_FILTER),
        commandFilter(main, tables),
        list(main, tables, CompatibilityParameters.SMTPD_NOOP_COMMANDS)::hasString,
        list(main, tables, MiscellaneousParameters.SMTPD_FORBIDDEN_COMMANDS)::hasString);
  }

  /** Commands are bytes, tables are text. */
  private static Function<String, Optional<String>> commandFilter(
      Configuration main, TableDirectory tables) {
    String parameter = CompatibilityParameters.SMTPD_COMMAND_FILTER.name();
    Supplier<Maps> maps = tables.maps(main, parameter)::current;
    return command -> {
      Maps filter = maps.get();
      if (filter.isEmpty()) {
        return Optional.empty();
      }
      boolean utf8 = Characters.isUtf8(command);
      try {
        return filter
            .find(SearchKey.whole(WireText.characters(command)))
            .map(it -> utf8 ? WireText.wire(it) : it);
      } catch (LookupFailure e) {
        throw new LookupFailure(
            "%s lookup error for \"%s\": %s".formatted(parameter, command, e.getMessage()), e);
      }
    };
  }

  private static EhloSettings ehloSettings(Configuration main, TableDirectory tables) {
    return new EhloSettings(
        EhloKeyword.parse(
            String.join(" ", main.get(CompatibilityParameters.SMTPD_DISCARD_EHLO_KEYWORDS))),
        tables.maps(main, CompatibilityParameters.SMTPD_DISCARD_EHLO_KEYWORD_ADDRESS_MAPS.name())
            ::current,
        list(main, tables, VerpParameters.SMTPD_AUTHORIZED_VERP_CLIENTS),
        list(main, tables, TroubleShootingParameters.SMTPD_AUTHORIZED_XCLIENT_HOSTS),
        list(main, tables, ContentFilterParameters.SMTPD_AUTHORIZED_XFORWARD_HOSTS));
  }

  private static RewriteClients rewriteClients(
      Configuration main, TableDirectory tables, OwnAddresses own) {
    Parameter<List<String>> parameter = AddressRewritingParameters.LOCAL_HEADER_REWRITE_CLIENTS;
    Position at = main.position(parameter.name()).orElseGet(main::wholeFile);
    return RewriteClients.of(
        main.get(parameter),
        new RewriteClients.Sources(
            own,
            list(main, tables, MiscellaneousParameters.MYNETWORKS),
            tables.maps(main, "relay_clientcerts")::current,
            table -> tables.maps(parameter.name(), table, at)::current));
  }

  private static MatchList list(
      Configuration main, TableDirectory tables, Parameter<List<String>> parameter) {
    return new MatchList(parameter.name(), tables.patterns(main, parameter.name())::current);
  }
}
