package dev.mailservice.maincf.table;

import org.jspecify.annotations.Nullable;

/**
 * A table could not answer: its server is away, it is broken, or an expression took too long. It is
 * not the same as "not found": a client is told to try again later.
 */
public final class LookupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which table, and why
   */
  public LookupFailure(String message) {
    this(message, null);
  }

  /**
   * @param message which table, and why
   * @param cause what went wrong below
   */
  public LookupFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
