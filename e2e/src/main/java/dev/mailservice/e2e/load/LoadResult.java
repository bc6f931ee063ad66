package dev.mailservice.e2e.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a load has come to.
 *
 * @param offered how many messages were begun
 * @param acknowledged how many the server said 250 to
 * @param elapsed from the first message's beginning to the last one's end
 * @param delayMicros of those acknowledged, in microseconds: from the moment at which one was meant
 *     to begin, connecting included, to the reply to its final dot
 * @param bannerMicros of each session that was greeted by 220, in microseconds: from the moment at
 *     which its first message was meant to begin, connecting included, to the greeting
 */
public record LoadResult(
    long offered,
    long acknowledged,
    Duration elapsed,
    Histogram delayMicros,
    Histogram bannerMicros) {
  /** Acknowledged messages a second. */
  public double perSecond() {
    return acknowledged / (elapsed.toNanos() / 1e9);
  }
}
