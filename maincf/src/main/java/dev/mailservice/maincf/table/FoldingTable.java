package dev.mailservice.maincf.table;

import java.util.Optional;

/** Asks a table of fixed keys in lower case. */
record FoldingTable(LookupTable table) implements LookupTable {
  @Override
  public Optional<String> lookup(String key) {
    return table.lookup(CaseFold.fold(key));
  }

  @Override
  public Keys keys() {
    return table.keys();
  }
}
