package dev.mailservice.e2e.flood;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a run does.
 *
 * @param target the server
 * @param hogs how many slow clients
 * @param kind what they do
 * @param goodPerSecond good mails a second
 * @param arrivals how they are spread
 * @param patience how long a good client tries, connecting included
 * @param calm good mail alone before the flood
 * @param flood how long the hogs stay
 * @param after good mail alone after the flood; empty until told to end
 * @param seed makes two runs offer the same
 * @param stressedBanner what only a stressed server's greeting says
 * @param sender address of MAIL FROM
 * @param recipient address of RCPT TO
 * @param messageSize octets of a message's body
 */
public record FloodPlan(
    InetSocketAddress target,
    int hogs,
    HogKind kind,
    double goodPerSecond,
    ArrivalPattern arrivals,
    Duration patience,
    Duration calm,
    Duration flood,
    Optional<Duration> after,
    long seed,
    Optional<Pattern> stressedBanner,
    String sender,
    String recipient,
    int messageSize) {

  /** The phase of a moment, given as nanoseconds after the start. */
  public Phase phaseAt(long nanos) {
    if (nanos < calm.toNanos()) {
      return Phase.CALM;
    }
    return nanos < calm.plus(flood).toNanos() ? Phase.FLOOD : Phase.AFTER;
  }

  /** This plan with fewer hogs. */
  public FloodPlan withHogs(int fewer) {
    return new FloodPlan(
        target,
        fewer,
        kind,
        goodPerSecond,
        arrivals,
        patience,
        calm,
        flood,
        after,
        seed,
        stressedBanner,
        sender,
        recipient,
        messageSize);
  }
}
