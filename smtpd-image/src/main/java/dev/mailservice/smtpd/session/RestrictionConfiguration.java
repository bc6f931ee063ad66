package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.parameters.AccessParameters;
import dev.mailservice.maincf.parameters.AccessReplyParameters;
import dev.mailservice.maincf.parameters.CompatibilityParameters;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.RecipientParameters;
import dev.mailservice.maincf.parameters.RestrictionLists;
import dev.mailservice.maincf.parameters.SaslParameters;
import dev.mailservice.maincf.parameters.TlsParameters;
import dev.mailservice.maincf.parameters.TroubleShootingParameters;
import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.ParentDomains;
import dev.mailservice.smtpd.access.AddressClass;
import dev.mailservice.smtpd.access.AddressTables;
import dev.mailservice.smtpd.access.Destinations;
import dev.mailservice.smtpd.access.MatchList;
import dev.mailservice.smtpd.access.RestrictionSettings;
import dev.mailservice.smtpd.access.UnlistedRecipients;
import dev.mailservice.smtpd.access.UnlistedRecipients.Listing;
import dev.mailservice.smtpd.access.UnlistedRecipients.Spelling;
import dev.mailservice.smtpd.address.AddressResolver;
import dev.mailservice.smtpd.policy.PolicyServers;
import dev.mailservice.smtpd.table.TableDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what restrictions need of {@code main.cf}. */
final class RestrictionConfiguration {
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{1,3}|[abfnrtv\\\\])");

  private final Configuration main;
  private final TableDirectory tables;
  private final AddressResolver resolver;

  private RestrictionConfiguration(
      Configuration main, TableDirectory tables, AddressResolver resolver) {
    this.main = main;
    this.tables = tables;
    this.resolver = resolver;
  }

  /**
   * Reads it.
   *
   * @param policies connects to policy servers
   * @param resolver what an address means
   * @throws IllegalArgumentException if a list names what cannot be read
   */
  static RestrictionSettings settings(
      Configuration main, TableDirectory tables, PolicyServers policies, AddressResolver resolver) {
    var reader = new RestrictionConfiguration(main, tables, resolver);
    return new RestrictionSettings(
        RestrictionLists.of(main),
        reader.codes(),
        reader.clients(),
        reader.addresses(),
        new RestrictionSettings.DnsListReplies(
            main.get(AccessReplyParameters.MAPS_RBL_REJECT_CODE),
            main.get(AccessReplyParameters.DEFAULT_RBL_REPLY),
            reader.maps(AccessReplyParameters.RBL_REPLY_MAPS),
            allowedCharacters(main)),
        new RestrictionSettings.Openings(
            (parameter, table) -> tables.accessTable(main, parameter, table)::current,
            server -> policies.open(server, main),
            RestrictionConfiguration::sleep),
        new RestrictionSettings.Order(
            main.get(AccessParameters.SMTPD_DELAY_REJECT),
            main.get(CompatibilityParameters.SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS),
            main.get(CompatibilityParameters.SMTPD_REJECT_UNLISTED_SENDER),
            main.get(AccessParameters.SMTPD_REJECT_UNLISTED_RECIPIENT)),
        main.get(TroubleShootingParameters.SOFT_BOUNCE));
  }

  private static void sleep(int seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RestrictionSettings.Codes codes() {
    return new RestrictionSettings.Codes(
        main.get(AccessReplyParameters.REJECT_CODE),
        main.get(AccessReplyParameters.DEFER_CODE),
        main.get(AccessReplyParameters.ACCESS_MAP_REJECT_CODE),
        main.get(AccessReplyParameters.ACCESS_MAP_DEFER_CODE),
        main.get(AccessReplyParameters.RELAY_DOMAINS_REJECT_CODE),
        main.get(AccessReplyParameters.NON_FQDN_REJECT_CODE),
        main.get(AccessReplyParameters.UNKNOWN_CLIENT_REJECT_CODE),
        main.get(AccessReplyParameters.UNKNOWN_ADDRESS_REJECT_CODE),
        main.get(AccessReplyParameters.PLAINTEXT_REJECT_CODE),
        main.get(AccessReplyParameters.MULTI_RECIPIENT_BOUNCE_REJECT_CODE),
        new RestrictionSettings.HeloCodes(
            main.get(AccessReplyParameters.INVALID_HOSTNAME_REJECT_CODE),
            main.get(AccessReplyParameters.UNKNOWN_HOSTNAME_REJECT_CODE)),
        isDefer(AccessReplyParameters.UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION),
        isDefer(AccessReplyParameters.UNKNOWN_ADDRESS_TEMPFAIL_ACTION));
  }

  private boolean isDefer(Parameter<String> parameter) {
    return switch (main.get(parameter).toLowerCase(Locale.ROOT)) {
      case "defer" -> true;
      case "defer_if_permit" -> false;
      default ->
          throw new IllegalArgumentException(
              "bad configuration: %s = %s, want: defer or defer_if_permit"
                  .formatted(parameter.name(), main.get(parameter)));
    };
  }

  private RestrictionSettings.Clients clients() {
    return new RestrictionSettings.Clients(
        list(MiscellaneousParameters.MYNETWORKS),
        resolver.own()::has,
        maps(TlsParameters.RELAY_CLIENTCERTS),
        main.get(SaslParameters.SMTPD_SASL_AUTH_ENABLE),
        addressTables(SaslParameters.SMTPD_SENDER_LOGIN_MAPS));
  }

  private RestrictionSettings.Addresses addresses() {
    var extension =
        new AddressExtension(
            main.get(MiscellaneousParameters.RECIPIENT_DELIMITER),
            main.get(MiscellaneousParameters.DOUBLE_BOUNCE_SENDER),
            true);
    String origin = main.get(MiscellaneousParameters.MYORIGIN);
    return new RestrictionSettings.Addresses(
        new Destinations(
            resolver,
            list(RecipientParameters.VIRTUAL_ALIAS_DOMAINS),
            list(RecipientParameters.VIRTUAL_MAILBOX_DOMAINS),
            list(RecipientParameters.RELAY_DOMAINS)),
        unlisted(
            new Spelling(
                origin, extension, main.get(RecipientParameters.SHOW_USER_UNKNOWN_TABLE_NAME))),
        origin,
        extension,
        main.get(AccessParameters.SMTPD_NULL_ACCESS_LOOKUP_KEY),
        main.get(AccessParameters.PARENT_DOMAIN_MATCHES_SUBDOMAINS).contains("smtpd_access_maps")
            ? ParentDomains.BY_NAME
            : ParentDomains.BY_DOT);
  }

  private UnlistedRecipients unlisted(Spelling spelling) {
    return new UnlistedRecipients(
        List.of(
            addressTables(RecipientParameters.RECIPIENT_CANONICAL_MAPS),
            addressTables(RecipientParameters.CANONICAL_MAPS),
            addressTables(RecipientParameters.VIRTUAL_ALIAS_MAPS)),
        Map.of(
            AddressClass.LOCAL,
            listing(
                RecipientParameters.LOCAL_RECIPIENT_MAPS,
                RecipientParameters.UNKNOWN_LOCAL_RECIPIENT_REJECT_CODE),
            AddressClass.VIRTUAL_ALIAS,
            listing(
                RecipientParameters.VIRTUAL_ALIAS_MAPS,
                RecipientParameters.UNKNOWN_VIRTUAL_ALIAS_REJECT_CODE),
            AddressClass.VIRTUAL_MAILBOX,
            listing(
                RecipientParameters.VIRTUAL_MAILBOX_MAPS,
                RecipientParameters.UNKNOWN_VIRTUAL_MAILBOX_REJECT_CODE),
            AddressClass.RELAY,
            listing(
                RecipientParameters.RELAY_RECIPIENT_MAPS,
                RecipientParameters.UNKNOWN_RELAY_RECIPIENT_REJECT_CODE)),
        spelling);
  }

  private Listing listing(Parameter<List<String>> recipients, Parameter<Integer> code) {
    return new Listing(addressTables(recipients), main.get(code));
  }

  private MatchList list(Parameter<List<String>> parameter) {
    return new MatchList(parameter.name(), tables.patterns(main, parameter.name())::current);
  }

  private AddressTables addressTables(Parameter<List<String>> parameter) {
    return new AddressTables(parameter.name(), maps(parameter));
  }

  private Supplier<Maps> maps(Parameter<List<String>> parameter) {
    return tables.maps(main, parameter.name())::current;
  }

  /** What may come out of a name in the text of a reply: {@code smtpd_expansion_filter}. */
  static String allowedCharacters(Configuration main) {
    return unescaped(main.get(AccessParameters.SMTPD_EXPANSION_FILTER));
  }

  /** The characters that {@code \40} and {@code \t} stand for, as Postfix's unescape(3) has it. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found -> {
              String escape = found.group(1);
              int letter = "abfnrtv\\".indexOf(escape.charAt(0));
              String character =
                  letter >= 0
                      ? String.valueOf("\u0007\b\f\n\r\t\u000b\\".charAt(letter))
                      : String.valueOf((char) Integer.parseInt(escape, 8));
              return Matcher.quoteReplacement(character);
            });
  }
}
