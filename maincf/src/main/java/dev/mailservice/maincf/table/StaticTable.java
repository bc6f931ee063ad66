package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Braces;
import java.util.Optional;

/** The same answer to every key: {@code static:}. */
record StaticTable(String value) implements LookupTable {
  /**
   * Reads the name, in braces or not.
   *
   * @throws IllegalArgumentException if braces do not match
   */
  static StaticTable of(String name) {
    if (!name.startsWith("{")) {
      return new StaticTable(name);
    }
    try {
      return new StaticTable(TableLine.trim(Braces.content(name)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("bad static:name syntax: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.of(value);
  }

  @Override
  public Keys keys() {
    return Keys.FIXED;
  }
}
