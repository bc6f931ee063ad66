package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.parameters.LocalDeliveryParameters;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.maincf.parameters.RateParameters;
import dev.mailservice.maincf.parameters.RecipientParameters;
import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.maildir.Maildir;
import dev.mailservice.smtpd.nexthop.NextHop;
import dev.mailservice.smtpd.nexthop.NextHopAddress;
import dev.mailservice.smtpd.nexthop.ReplyTimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Chooses where mail goes: to the next hop of {@code smtpd_proxy_filter}, else into the maildirs of
 * {@code mail_spool_directory}.
 *
 * @param isStressed which personality holds at the moment
 * @param isLocalDomain whether a domain is in {@code mydestination}
 * @param info hears of deliveries
 * @param warnings hears of what the administrator has to look at
 * @param shortage hears each time that a message has to wait for room on its way; it must be quick
 * @param replyTimes hears how long the next hop takes for each reply
 * @param clock the wall clock
 * @param nanos a clock for elapsed time, as {@link System#nanoTime}
 */
public record Deliveries(
    BooleanSupplier isStressed,
    Predicate<String> isLocalDomain,
    Consumer<LogText> info,
    Consumer<String> warnings,
    Runnable shortage,
    ReplyTimes replyTimes,
    Clock clock,
    LongSupplier nanos) {
  private static final List<Parameter<List<String>>> MAPPED_BY_NEXT_HOP =
      List.of(
          RecipientParameters.VIRTUAL_ALIAS_MAPS,
          RecipientParameters.CANONICAL_MAPS,
          RecipientParameters.RECIPIENT_CANONICAL_MAPS);

  /**
   * Where mail goes by this configuration. Nothing is connected or written yet.
   *
   * @throws dev.mailservice.maincf.MainCfException if a value is not of its parameter's type
   * @throws IllegalArgumentException if there is nowhere, or it cannot be used: what is accepted
   *     has to go somewhere
   */
  public Delivery from(Configuration main) {
    String filter = main.get(ProxyFilterParameters.SMTPD_PROXY_FILTER);
    if (!filter.isEmpty()) {
      return nextHop(main, filter);
    }
    String spool = main.get(LocalDeliveryParameters.MAIL_SPOOL_DIRECTORY);
    if (spool.endsWith("/")) {
      return maildir(main, Path.of(spool));
    }
    throw new IllegalArgumentException(
        "smtpd_proxy_filter is not set: mail has nowhere to go,"
            + " want: smtpd_proxy_filter = host:port, or for a machine alone"
            + " mail_spool_directory = /directory/ that ends in a slash");
  }

  private NextHop nextHop(Configuration main, String filter) {
    NextHop.Settings calm = NextHop.Settings.from(main.override("stress="));
    NextHop.Settings stressed = NextHop.Settings.from(main.override("stress=yes"));
    return new NextHop(
        NextHopAddress.parse(ProxyFilterParameters.SMTPD_PROXY_FILTER.name(), filter),
        () -> isStressed.getAsBoolean() ? stressed : calm,
        main.get(ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_LIMIT),
        speedAdjustDirectory(main, calm.speedAdjust() || stressed.speedAdjust()),
        warnings,
        shortage,
        replyTimes,
        nanos);
  }

  /** The queue's directory where there is one, as in Postfix; in a container there is none. */
  private static Path speedAdjustDirectory(Configuration main, boolean needed) {
    Path queue = Path.of(main.get(MiscellaneousParameters.QUEUE_DIRECTORY));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    Path chosen = Files.isWritable(queue) ? queue : temporary;
    if (needed && !Files.isWritable(chosen)) {
      throw new IllegalArgumentException(
          "smtpd_proxy_options = speed_adjust: neither queue_directory %s nor %s can be written to"
              .formatted(queue, temporary));
    }
    return chosen;
  }

  private Maildir maildir(Configuration main, Path spool) {
    requireNothingMapped(main);
    // The root is what a reference to a parameter that is not set leaves.
    if (spool.getNameCount() == 0
        || !spool.isAbsolute()
        || !Files.isDirectory(spool)
        || !Files.isWritable(spool)) {
      throw new IllegalArgumentException(
          "mail_spool_directory = %s/: want: an absolute name of a directory that this server may"
                  .formatted(spool)
              + " write to");
    }
    return new Maildir(
        new Maildir.Settings(
            spool,
            !main.get(RecipientParameters.LOCAL_RECIPIENT_MAPS).isEmpty(),
            AddressExtension.of(main.get(MiscellaneousParameters.RECIPIENT_DELIMITER)),
            main.get(RateParameters.MESSAGE_SIZE_LIMIT),
            main.get(MiscellaneousParameters.MYHOSTNAME)),
        isLocalDomain,
        info,
        warnings,
        clock);
  }

  /** Mail would be taken for whom nobody maps it to, and lie in a mailbox that nobody reads. */
  private static void requireNothingMapped(Configuration main) {
    for (Parameter<List<String>> maps : MAPPED_BY_NEXT_HOP) {
      if (!main.get(maps).isEmpty()) {
        throw new IllegalArgumentException(
            "%s is for the next hop, which maps addresses, and without smtpd_proxy_filter there is"
                    .formatted(maps.name())
                + " none, want: it empty, or smtpd_proxy_filter = host:port");
      }
    }
  }
}
