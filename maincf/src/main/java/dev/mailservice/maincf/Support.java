package dev.mailservice.maincf;

/** What this server does with a parameter. */
public enum Support {
  /** It does what Postfix does. */
  IMPLEMENTED,
  /** Known by name and default; a value that differs from the default gets a warning. */
  NOT_IMPLEMENTED,
  /**
   * Known, and it filters, restricts or protects mail; a value that differs from the default is an
   * error, because to ignore it would let through what the administrator wanted stopped.
   */
  RESTRICTIVE_NOT_IMPLEMENTED,
  /** This server's own; Postfix does not have it. */
  OWN;

  /** Whether the server does what the parameter says. */
  public boolean isInUse() {
    return this == IMPLEMENTED || this == OWN;
  }
}
