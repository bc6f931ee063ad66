package dev.mailservice.e2e.load;

import dev.mailservice.e2e.flood.ArrivalPattern;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What to send.
 *
 * @param target the server
 * @param clients how many sessions there are at most at a time
 * @param sessions how many messages each carries
 * @param messageSize of a message in octets, header and body
 * @param duration during which messages begin; those that have begun are ended
 * @param arrivals when they begin; empty for as soon as a client has time (closed model)
 * @param tls by STARTTLS, with a full handshake for each session; empty for none
 * @param patience how long to wait after {@code duration} for messages that have begun
 */
public record LoadPlan(
    InetSocketAddress target,
    int clients,
    Sessions sessions,
    int messageSize,
    Duration duration,
    Optional<OpenModel> arrivals,
    Optional<SSLContext> tls,
    Duration patience) {
  /**
   * Messages that begin at moments of their own, however those before them fare.
   *
   * @param perSecond how many, on average
   * @param pattern how they are spread
   * @param seed same seed, same moments
   */
  public record OpenModel(double perSecond, ArrivalPattern pattern, long seed) {}

  /** Refuses what cannot be done. */
  public LoadPlan {
    if (clients < 1) {
      throw new IllegalArgumentException("clients must be 1 or more: " + clients);
    }
  }
}
