package dev.mailservice.e2e.flood;

import java.util.SplittableRandom;

/**
 * The moments at which good mail is meant to be sent. The model is open: a mail is sent when its
 * time has come, however the ones before it fare, so that a slow server is not spared.
 */
public final class Arrivals {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final ArrivalPattern pattern;
  private final SplittableRandom random;
  private double nanos;

  /**
   * Arrivals from time 0 on.
   *
   * @param perSecond how many a second on average, more than 0
   * @param seed gives the same moments each time
   */
  public Arrivals(double perSecond, ArrivalPattern pattern, long seed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("arrivals per second must be more than 0: " + perSecond);
    }
    this.perSecond = perSecond;
    this.pattern = pattern;
    this.random = new SplittableRandom(seed);
  }

  /** The next moment, in nanoseconds after time 0. */
  public long next() {
    double gaps =
        switch (pattern) {
          case EVEN -> 1;
          case POISSON -> -Math.log(1 - random.nextDouble());
        };
    nanos += gaps / perSecond * NANOS_PER_SECOND;
    return (long) nanos;
  }
}
