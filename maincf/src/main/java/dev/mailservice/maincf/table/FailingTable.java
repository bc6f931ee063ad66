package dev.mailservice.maincf.table;

import java.util.Optional;

/** Stands for a table that could not be opened, or that is made to fail: {@code fail:}. */
record FailingTable(String reason) implements LookupTable {
  static FailingTable because(String reason) {
    return new FailingTable(reason);
  }

  @Override
  public Optional<String> lookup(String key) {
    throw new LookupFailure(reason);
  }

  @Override
  public Keys keys() {
    return Keys.PATTERN;
  }
}
