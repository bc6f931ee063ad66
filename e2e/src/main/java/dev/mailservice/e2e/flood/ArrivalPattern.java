package dev.mailservice.e2e.flood;

/** How good mail is spread over time. */
public enum ArrivalPattern {
  /** Always the same time apart. */
  EVEN,
  /** Independent of each other, as mail from many senders is. */
  POISSON
}
