package dev.mailservice.operator.loop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * The operator's settings. Each can be given as an environment variable too, for example {@code
 * MAILSERVICE_SMTPD_IMAGE}.
 */
@ConfigMapping(prefix = "mailservice")
public interface OperatorSettings {
  /** Image of the SMTP server for MailServices that name none. */
  String smtpdImage();

  /** How often every fleet is observed and decided. */
  @WithDefault("1s")
  Duration tick();

  /** Time for all scrapes of one fleet together; shorter than the tick. */
  @WithDefault("800ms")
  Duration scrapeTimeout();

  /** Who this process is, in the lease and towards the pods; the host's name when absent. */
  Optional<String> identity();

  /** Leadership among several operators. */
  Lease lease();

  /** The lease that makes one process the leader. */
  interface Lease {
    /** Namespace of the lease; the operator's own when absent. */
    Optional<String> namespace();

    /** Name of the lease. */
    @WithDefault("mailservice-operator")
    String name();

    /** How long a leader that died without a word is waited for. */
    @WithDefault("15s")
    Duration duration();

    /** How long the leader tries to renew before it gives up. */
    @WithDefault("10s")
    Duration renewDeadline();

    /** How often the others look whether the lease is free. */
    @WithDefault("2s")
    Duration retryPeriod();
  }
}
