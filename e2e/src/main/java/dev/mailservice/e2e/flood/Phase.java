package dev.mailservice.e2e.flood;

/** The parts of a run. A mail belongs to the phase in which it was meant to be sent. */
public enum Phase {
  /** Good mail alone, before the flood. */
  CALM,
  /** Hogs and good mail. */
  FLOOD,
  /** Good mail alone, after the hogs are gone. */
  AFTER
}
