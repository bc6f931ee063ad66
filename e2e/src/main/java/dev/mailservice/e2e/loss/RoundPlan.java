package dev.mailservice.e2e.loss;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a round does; the same for the same seed and number. Which thread runs when is not planned,
 * so a round that fails may have to be repeated a few times to fail again.
 *
 * @param seed of all rounds
 * @param number of this one, from 0
 * @param moment of the disturbance, from the first acknowledgement on
 * @param clients how many send at once
 * @param mostLines of a message's body
 * @param mostMessages that a client sends before it begins a new session
 * @param drain {@code --drain-timeout}
 * @param away how long the next hop is away, or the disk is full or read-only
 * @param answerDelay how long the next hop takes to say 250 to what it has
 */
public record RoundPlan(
    long seed,
    int number,
    Store store,
    Disturbance disturbance,
    Duration moment,
    int clients,
    int mostLines,
    int mostMessages,
    Duration drain,
    Duration away,
    Duration answerDelay) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** Every tenth round is of the same kind, so that each kind has its share of any number. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(Store.PROXY, Disturbance.KILL),
          new Kind(Store.MAILDIR, Disturbance.KILL),
          new Kind(Store.PROXY, Disturbance.TERMINATE),
          new Kind(Store.MAILDIR, Disturbance.READ_ONLY_DISK),
          new Kind(Store.PROXY, Disturbance.NEXT_HOP_RESTART),
          new Kind(Store.MAILDIR, Disturbance.TERMINATE),
          new Kind(Store.SPEED_ADJUST, Disturbance.KILL),
          new Kind(Store.MAILDIR, Disturbance.FULL_DISK),
          new Kind(Store.SPEED_ADJUST, Disturbance.TERMINATE),
          new Kind(Store.SPEED_ADJUST, Disturbance.NEXT_HOP_RESTART));

  private record Kind(Store store, Disturbance disturbance) {}

  /** The plan of a round. */
  public static RoundPlan of(long seed, int number) {
    var random = new SplittableRandom(seed + number * GOLDEN_GAMMA);
    Kind kind = KINDS.get(Math.floorMod(number, KINDS.size()));
    return new RoundPlan(
        seed,
        number,
        kind.store(),
        kind.disturbance(),
        Duration.ofMillis(random.nextInt(0, 600)),
        random.nextInt(2, 9),
        random.nextInt(1, 1500),
        random.nextInt(1, 12),
        Duration.ofSeconds(random.nextInt(1, 3)),
        Duration.ofMillis(random.nextInt(0, 300)),
        Duration.ofMillis(random.nextInt(0, 15)));
  }

  /** What the round is about, for a table. */
  public String kind() {
    return (store + " " + disturbance).toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Random choices of one part of the round, the same each time. */
  SplittableRandom random(int part) {
    return new SplittableRandom(seed ^ (number * GOLDEN_GAMMA + part));
  }
}
