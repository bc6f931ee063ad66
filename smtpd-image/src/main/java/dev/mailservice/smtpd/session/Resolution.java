package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.RecipientParameters;
import dev.mailservice.maincf.parameters.ResolutionParameters;
import dev.mailservice.maincf.parameters.SmtpUtf8Parameters;
import dev.mailservice.smtpd.access.MatchList;
import dev.mailservice.smtpd.address.AddressResolver;
import dev.mailservice.smtpd.address.OwnAddresses;
import dev.mailservice.smtpd.address.Rewriting;
import dev.mailservice.smtpd.table.TableDirectory;

/** Reads what an address means of {@code main.cf}. */
final class Resolution {
  private Resolution() {}

  static AddressResolver resolver(Configuration main, TableDirectory tables) {
    String parameter = RecipientParameters.MYDESTINATION.name();
    var localDomains = new MatchList(parameter, tables.patterns(main, parameter)::current);
    return new AddressResolver(
        new Rewriting(
            main.get(ResolutionParameters.APPEND_AT_MYORIGIN)
                ? main.get(MiscellaneousParameters.MYORIGIN)
                : "",
            main.get(ResolutionParameters.APPEND_DOT_MYDOMAIN)
                ? main.expand("mydomain").orElse("")
                : "",
            main.get(ResolutionParameters.SWAP_BANGPATH),
            main.get(ResolutionParameters.ALLOW_PERCENT_HACK)),
        new AddressResolver.Form(
            main.get(MiscellaneousParameters.MYHOSTNAME),
            main.get(ResolutionParameters.EMPTY_ADDRESS_RECIPIENT),
            main.get(ResolutionParameters.RESOLVE_DEQUOTED_ADDRESS),
            main.get(ResolutionParameters.RESOLVE_NULL_DOMAIN),
            main.get(ResolutionParameters.RESOLVE_NUMERIC_DOMAIN),
            main.get(ResolutionParameters.ALLOW_MIN_USER),
            main.get(SmtpUtf8Parameters.SMTPUTF8_ENABLE)),
        localDomains::hasString,
        OwnAddresses.of(
            main.get(RecipientParameters.INET_INTERFACES),
            main.get(RecipientParameters.PROXY_INTERFACES)));
  }
}
