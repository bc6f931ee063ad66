package dev.mailservice.e2e.loss;

import java.time.Instant;

/**
 * What a round has come to.
 *
 * @param at when it ended
 * @param side which server was tried
 * @param plan what was done
 * @param account what came of it
 * @param hung whether a server that was told to end did not
 * @param seconds it took
 */
public record RoundResult(
    Instant at, Side side, RoundPlan plan, Account account, boolean hung, double seconds) {
  /** Whether nothing is to be explained. */
  public boolean isGood() {
    return account.isGood() && !hung;
  }
}
