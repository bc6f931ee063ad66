package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.AccessParameters;
import dev.mailservice.maincf.parameters.CompatibilityParameters;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.maincf.parameters.RateParameters;
import dev.mailservice.maincf.parameters.RecipientParameters;
import dev.mailservice.maincf.parameters.TarpitParameters;
import dev.mailservice.smtpd.access.DomainList;
import dev.mailservice.smtpd.access.RelayPolicy;
import dev.mailservice.smtpd.nexthop.NextHop;
import dev.mailservice.smtpd.nexthop.NextHopAddress;
import dev.mailservice.smtpd.protocol.ProtocolLimits;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a session needs to know of {@code main.cf}: one such value for the calm server, one for the
 * stressed.
 *
 * @param banner {@code smtpd_banner}
 * @param mailName {@code mail_name}
 * @param lineLengthLimit {@code line_length_limit}, bytes
 * @param errorSleepTime {@code smtpd_error_sleep_time}
 * @param nextHopPatience {@code smtpd_proxy_concurrency_timeout}
 * @param protocol limits of the protocol table
 * @param patience how slow a client may be
 * @param relayPolicy who may send to whom
 */
public record SmtpdSettings(
    String banner,
    String mailName,
    int lineLengthLimit,
    Duration errorSleepTime,
    Duration nextHopPatience,
    ProtocolLimits protocol,
    PatienceLimits patience,
    RelayPolicy relayPolicy) {

  /**
   * Reads what a session needs.
   *
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   * @throws IllegalArgumentException if a list names what is not implemented
   */
  public static SmtpdSettings from(Configuration main) {
    return new SmtpdSettings(
        main.get(MiscellaneousParameters.SMTPD_BANNER),
        main.get(MiscellaneousParameters.MAIL_NAME),
        main.get(RateParameters.LINE_LENGTH_LIMIT),
        main.get(TarpitParameters.SMTPD_ERROR_SLEEP_TIME),
        main.get(ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_TIMEOUT),
        new ProtocolLimits(
            main.get(MiscellaneousParameters.MYHOSTNAME),
            main.get(AccessParameters.SMTPD_HELO_REQUIRED),
            main.get(TarpitParameters.SMTPD_HARD_ERROR_LIMIT),
            main.get(TarpitParameters.SMTPD_SOFT_ERROR_LIMIT),
            main.get(TarpitParameters.SMTPD_JUNK_COMMAND_LIMIT),
            main.get(RateParameters.SMTPD_RECIPIENT_LIMIT),
            main.get(RateParameters.MESSAGE_SIZE_LIMIT)),
        new PatienceLimits(
            main.get(RateParameters.SMTPD_TIMEOUT),
            main.get(CompatibilityParameters.SMTPD_PER_REQUEST_DEADLINE),
            main.get(CompatibilityParameters.SMTPD_MIN_DATA_RATE)),
        relayPolicy(main));
  }

  private static RelayPolicy relayPolicy(Configuration main) {
    return new RelayPolicy(
        main.get(AccessParameters.SMTPD_RELAY_RESTRICTIONS),
        main.get(MiscellaneousParameters.MYNETWORKS),
        new DomainList(
            RecipientParameters.MYDESTINATION.name(),
            main.get(RecipientParameters.MYDESTINATION),
            false),
        new DomainList(
            RecipientParameters.RELAY_DOMAINS.name(),
            main.get(RecipientParameters.RELAY_DOMAINS),
            main.get(AccessParameters.PARENT_DOMAIN_MATCHES_SUBDOMAINS)
                .contains(RecipientParameters.RELAY_DOMAINS.name())));
  }

  /**
   * The next hop that {@code smtpd_proxy_filter} names.
   *
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   * @throws IllegalArgumentException if there is none: a pod owns no mail, so it takes none that it
   *     cannot hand on
   */
  public static NextHop nextHop(Configuration main, LongSupplier nanos) {
    String filter = main.get(ProxyFilterParameters.SMTPD_PROXY_FILTER);
    if (filter.isEmpty()) {
      throw new IllegalArgumentException(
          "smtpd_proxy_filter is not set: mail has nowhere to go,"
              + " want: smtpd_proxy_filter = host:port");
    }
    return new NextHop(
        NextHopAddress.parse(ProxyFilterParameters.SMTPD_PROXY_FILTER.name(), filter),
        new NextHop.Settings(
            main.get(ProxyFilterParameters.SMTPD_PROXY_EHLO),
            main.get(ProxyFilterParameters.SMTPD_PROXY_TIMEOUT),
            main.get(ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_LIMIT)),
        nanos);
  }
}
