package dev.mailservice.smtpd.nexthop;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.maincf.parameters.RateParameters;
import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The next hop that {@code smtpd_proxy_filter} names, with a bound on how many sessions the server
 * holds with it at once.
 */
public final class NextHop implements Delivery {
  private final NextHopAddress address;
  private final Supplier<Settings> settings;
  private final ProxySessions sessions;
  private final Path spoolDirectory;
  private final Consumer<String> warnings;
  private final ReplyTimes replyTimes;
  private final LongSupplier nanos;

  /**
   * How it is talked to; may differ under stress.
   *
   * @param ehlo {@code smtpd_proxy_ehlo}
   * @param timeout {@code smtpd_proxy_timeout}, for connecting and for each reply
   * @param speedAdjust whether {@code smtpd_proxy_options} says that a message is received whole
   *     before anything is said to the next hop
   * @param idleLimit {@code smtpd_proxy_connection_cache_time_limit}; zero if no session is kept
   * @param ageLimit {@code smtpd_proxy_connection_reuse_time_limit}
   * @param replyLimit {@code line_length_limit}: how much of a reply is kept
   */
  public record Settings(
      String ehlo,
      Duration timeout,
      boolean speedAdjust,
      Duration idleLimit,
      Duration ageLimit,
      int replyLimit) {
    /**
     * Reads them.
     *
     * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
     * @throws IllegalArgumentException if an option is not known
     */
    public static Settings from(Configuration main) {
      return new Settings(
          main.get(ProxyFilterParameters.SMTPD_PROXY_EHLO),
          main.get(ProxyFilterParameters.SMTPD_PROXY_TIMEOUT),
          speedAdjust(main),
          main.get(ProxyFilterParameters.SMTPD_PROXY_CONNECTION_CACHE_TIME_LIMIT),
          main.get(ProxyFilterParameters.SMTPD_PROXY_CONNECTION_REUSE_TIME_LIMIT),
          main.get(RateParameters.LINE_LENGTH_LIMIT));
    }

    private static boolean speedAdjust(Configuration main) {
      for (String option : main.get(ProxyFilterParameters.SMTPD_PROXY_OPTIONS)) {
        if (!option.equalsIgnoreCase("speed_adjust")) {
          throw new IllegalArgumentException(
              "%s: unknown option \"%s\", want: speed_adjust"
                  .formatted(ProxyFilterParameters.SMTPD_PROXY_OPTIONS.name(), option));
        }
        return true;
      }
      return false;
    }
  }

  /**
   * Nothing is connected yet.
   *
   * @param settings those of the moment
   * @param concurrencyLimit {@code smtpd_proxy_concurrency_limit}
   * @param spoolDirectory where messages wait under {@code speed_adjust}, in files without a name
   * @param warnings hears what the next hop refuses, in Postfix's words
   * @param shortage hears each time that a transaction has to wait because all sessions are in use;
   *     it must be quick
   * @param replyTimes hears how long each reply takes
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public NextHop(
      NextHopAddress address,
      Supplier<Settings> settings,
      int concurrencyLimit,
      Path spoolDirectory,
      Consumer<String> warnings,
      Runnable shortage,
      ReplyTimes replyTimes,
      LongSupplier nanos) {
    this.address = address;
    this.settings = settings;
    this.sessions =
        new ProxySessions(address, settings, concurrencyLimit, shortage, replyTimes, nanos);
    this.spoolDirectory = spoolDirectory;
    this.warnings = warnings;
    this.replyTimes = replyTimes;
    this.nanos = nanos;
  }

  @Override
  public String description() {
    return "proxy filter " + address;
  }

  @Override
  public int active() {
    return sessions.active();
  }

  @Override
  public int waiting() {
    return sessions.waiting();
  }

  @Override
  public long waits() {
    return sessions.waits();
  }

  /** How many sessions are kept for the next message. */
  public int idle() {
    return sessions.idle();
  }

  @Override
  public DeliveryTransaction open(Origin origin, Duration patience) throws IOException {
    return settings.get().speedAdjust()
        ? new SpeedAdjustTransaction(spoolDirectory, () -> transaction(origin, patience))
        : transaction(origin, patience);
  }

  private ProxyTransaction transaction(Origin origin, Duration patience) throws IOException {
    return new ProxyTransaction(
        address, sessions, sessions.take(patience), origin, warnings, replyTimes, nanos);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
