package dev.mailservice.operator.gather;

import dev.mailservice.operator.decision.Sample;
import java.util.Optional;

/** What came of asking one pod for its metrics. */
sealed interface ScrapeResult {

  /** It answered as the image contract wants. */
  record Answered(Sample reading) implements ScrapeResult {}

  /** It did not. */
  record Failed(Failure failure, String detail) implements ScrapeResult {}

  /** Kinds of failure, as the operator's own metrics count them. */
  enum Failure {
    /** No connection, or it broke. */
    UNREACHABLE,
    /** No whole answer in time. */
    TIMEOUT,
    /** A status other than 200. */
    STATUS,
    /** More bytes than any honest answer has. */
    TOO_LARGE,
    /** Not what the image contract promises. */
    MALFORMED
  }

  /** The reading, if there is one. */
  default Optional<Sample> sample() {
    return this instanceof Answered answered ? Optional.of(answered.reading()) : Optional.empty();
  }
}
