package dev.mailservice.smtpd;

import java.time.Duration;

/**
 * What SIGTERM does: a server that serves drains, one that has not begun ends at once, and either
 * ends well, with status 0. A second SIGTERM changes nothing: the Java runtime ends once.
 */
final class Ending {
  private State state = new State.Starting();

  private sealed interface State {
    /** Nobody has been served. */
    record Starting() implements State {}

    record Serving(Smtpd smtpd, Duration timeout, StandardOutput log) implements State {}

    /** Why has been said, and the status is another. */
    record Refused() implements State {}
  }

  /** From now on SIGTERM does what this says. */
  static Ending begin() {
    var ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::run, "ending"));
    return ending;
  }

  /**
   * Starts a server, which drains at SIGTERM from now on.
   *
   * @param timeout how long a drain may take
   */
  synchronized void serve(Smtpd smtpd, Duration timeout, StandardOutput log) {
    smtpd.start();
    state = new State.Serving(smtpd, timeout, log);
  }

  /** The start was refused: the process ends with the status that it is given. */
  synchronized void refuse() {
    state = new State.Refused();
  }

  private void run() {
    switch (now()) {
      case State.Refused it -> {
        return;
      }
      case State.Starting it -> {
        // Nobody has been greeted, and nobody is.
      }
      case State.Serving(Smtpd smtpd, Duration timeout, StandardOutput log) -> {
        try {
          smtpd.drain(timeout);
          log.flush();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    // This is how a server ends well; the JVM would report 143 for the signal.
    Runtime.getRuntime().halt(0);
  }

  private synchronized State now() {
    return state;
  }
}
