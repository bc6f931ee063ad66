package dev.mailservice.smtpd.sasl;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What an authentication service offers, remembered for a while: it is told in every reply to EHLO,
 * and clients that only come to say EHLO must not cost the service a connection each, nor wait for
 * a service that does not answer: one of them does. Safe for use by several threads.
 */
final class Offering {
  /** As long as a process of Postfix's, which asks once, is likely to live. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(100);

  private static final Duration BAD_FOR = Duration.ofSeconds(5);

  /**
   * Long for a service that answers, so that of the clients that meet a server which has just
   * started none is told that there is no AUTH; short for one that does not.
   */
  private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Optional<Answer> last = Optional.empty();

  private record Answer(List<Mechanism> mechanisms, boolean failed, long since) {
    boolean holds(long now) {
      return now - since < (failed ? BAD_FOR : GOOD_FOR).toNanos();
    }
  }

  /** Asks the service. */
  interface Question {
    List<Mechanism> ask() throws IOException;
  }

  /**
   * @param nanos a clock that only runs forward
   */
  Offering(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What the service has just said to somebody. */
  void heard(List<Mechanism> mechanisms) {
    last = Optional.of(new Answer(mechanisms, false, nanos.getAsLong()));
  }

  /**
   * What it offers, asked for if that is not known; nothing where it could not be asked some
   * seconds ago. While somebody asks, what it has offered before.
   *
   * @throws IOException if it cannot be asked now
   */
  List<Mechanism> get(Question question) throws IOException {
    Optional<List<Mechanism>> known = known();
    if (known.isPresent()) {
      return known.get();
    }
    if (!mayAsk()) {
      return last.map(Answer::mechanisms).orElse(List.of());
    }
    try {
      known = known();
      return known.isPresent() ? known.get() : ask(question);
    } finally {
      asking.unlock();
    }
  }

  /** Whether the caller is the one that asks, or has waited for the first answer ever. */
  private boolean mayAsk() {
    if (last.isPresent()) {
      return asking.tryLock();
    }
    try {
      return asking.tryLock(FIRST_ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<List<Mechanism>> known() {
    return last.filter(it -> it.holds(nanos.getAsLong())).map(Answer::mechanisms);
  }

  private List<Mechanism> ask(Question question) throws IOException {
    try {
      List<Mechanism> mechanisms = question.ask();
      heard(mechanisms);
      return mechanisms;
    } catch (IOException e) {
      last = Optional.of(new Answer(List.of(), true, nanos.getAsLong()));
      throw e;
    }
  }
}
