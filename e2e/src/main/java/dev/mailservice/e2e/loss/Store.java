package dev.mailservice.e2e.loss;

/** Where a message has to be before its client may be told 250. */
public enum Store {
  /** At the next hop, which it is passed on to as it comes. */
  PROXY,
  /** At the next hop, which hears of it when it is whole: {@code speed_adjust}. */
  SPEED_ADJUST,
  /** In maildirs, on a disk of its own. */
  MAILDIR
}
