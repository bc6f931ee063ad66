package dev.mailservice.smtpd.slots;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the server is calm or stressed, and who says so.
 *
 * <p>With a {@code stress} option somebody else leads: the option decides. Without one the server
 * is its own master, as Postfix's master_avail is: the last slot's taking makes it stressed until
 * there has been a free one for 1000 seconds, and so does a shortage of what sessions need besides
 * a slot. Draining makes it stressed whatever else holds.
 *
 * @param <S> what a personality consists of
 */
public final class Personality<S> implements Slots.Watcher {
  /** How long stress outlasts the last saturation; Postfix's {@code VAR_STRESS} delay. */
  public static final Duration REVERT_AFTER = Duration.ofSeconds(1000);

  private final S calm;
  private final S stressed;
  private final Leader leader;
  private final LongSupplier nanos;
  private volatile long stressedUntil;
  private volatile boolean saturated;
  private volatile boolean draining;

  /** Who decides. */
  public enum Leader {
    /** {@code -o stress=}. */
    CALM,
    /** {@code -o stress=yes}. */
    STRESSED,
    /** No {@code stress} option: the server watches its own process limit. */
    SELF
  }

  /**
   * @param calm what holds under normal load
   * @param stressed what holds under stress
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public Personality(S calm, S stressed, Leader leader, LongSupplier nanos) {
    this.calm = calm;
    this.stressed = stressed;
    this.leader = leader;
    this.nanos = nanos;
    this.stressedUntil = nanos.getAsLong();
  }

  /** What holds now. */
  public S current() {
    return isStressed() ? stressed : calm;
  }

  /** What holds under stress, whether or not it holds now. */
  public S stressed() {
    return stressed;
  }

  /** Whether the server is under stress now. */
  public boolean isStressed() {
    return draining
        || switch (leader) {
          case CALM -> false;
          case STRESSED -> true;
          case SELF -> saturated || stressedUntil - nanos.getAsLong() > 0;
        };
  }

  /** The last free slot was taken. */
  @Override
  public void saturated() {
    saturated = true;
  }

  /** A slot is free again. Only from now on the time counts after which the server is calm. */
  @Override
  public void relieved() {
    stressedUntil = nanos.getAsLong() + REVERT_AFTER.toNanos();
    saturated = false;
  }

  /**
   * Somebody with a slot has to wait for what there is too little of besides. Nobody need tell when
   * that is over: whoever has to wait next says so again.
   */
  public void shortage() {
    stressedUntil = nanos.getAsLong() + REVERT_AFTER.toNanos();
  }

  /** The server shuts down: from now on it is stressed, for sessions held and for new ones. */
  public void drain() {
    draining = true;
  }

  /** Whether it shuts down. */
  public boolean isDraining() {
    return draining;
  }
}
