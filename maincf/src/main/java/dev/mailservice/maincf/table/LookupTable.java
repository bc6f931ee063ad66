package dev.mailservice.maincf.table;

import java.util.Optional;

/** A table that is open and can be asked. Implementations are safe for use by many threads. */
public interface LookupTable {
  /** What a table's keys are, which decides whether parts of a name are looked up in it. */
  enum Keys {
    /** Strings: parent domains, {@code user@} and network parts are looked up, too. */
    FIXED,
    /** Patterns, or a server that sees to it: only the whole key is looked up. */
    PATTERN
  }

  /**
   * Looks up one key.
   *
   * @return the value; empty if the key is not in the table
   * @throws LookupFailure if the table cannot answer now
   */
  Optional<String> lookup(String key);

  /** Whether its keys are strings or patterns. */
  Keys keys();
}
