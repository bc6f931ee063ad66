package dev.mailservice.smtpd.nexthop;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long the next hop takes for its replies: a histogram for each kind of reply. Safe for use by
 * several threads, and cheap for those who add.
 */
public final class ReplyTimes {
  /** Upper bounds of the buckets, seconds; the last one has none. */
  private static final double[] BOUNDS = {
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    2.5,
    5,
    10,
    30,
    100,
    Double.POSITIVE_INFINITY
  };

  private final Histogram[] kinds =
      Arrays.stream(Kind.values()).map(it -> new Histogram()).toArray(Histogram[]::new);

  /** What is replied to: the values of the label {@code to}. */
  public enum Kind {
    /** A new session: from connecting to the reply to EHLO. */
    CONNECT,
    /** A command of the envelope, or DATA. */
    COMMAND,
    /** A message: from its final dot to the reply. */
    MESSAGE
  }

  private static final class Histogram {
    final LongAdder[] counts =
        Stream.generate(LongAdder::new).limit(BOUNDS.length).toArray(LongAdder[]::new);
    final LongAdder nanos = new LongAdder();
  }

  /**
   * What was added so far.
   *
   * @param bounds upper bounds of buckets, seconds
   * @param counts how many replies are in each bucket
   * @param seconds of all replies together
   */
  public record Look(double[] bounds, long[] counts, double seconds) {}

  /** A reply has come after so many nanoseconds. */
  void add(Kind kind, long nanos) {
    Histogram histogram = kinds[kind.ordinal()];
    double seconds = nanos / 1e9;
    int bucket = 0;
    while (seconds > BOUNDS[bucket]) {
      bucket++;
    }
    histogram.counts[bucket].increment();
    histogram.nanos.add(nanos);
  }

  /** The replies of one kind. */
  public Look look(Kind kind) {
    Histogram histogram = kinds[kind.ordinal()];
    return new Look(
        BOUNDS.clone(),
        Arrays.stream(histogram.counts).mapToLong(LongAdder::sum).toArray(),
        histogram.nanos.sum() / 1e9);
  }
}
