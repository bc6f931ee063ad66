package dev.mailservice.maincf.table;

import java.util.List;
import java.util.Optional;

/** Each table's answer is the next one's key: {@code pipemap:}. */
record PipeTable(List<LookupTable> tables) implements LookupTable {
  PipeTable {
    tables = List.copyOf(tables);
  }

  @Override
  public Optional<String> lookup(String key) {
    Optional<String> answer = Optional.of(key);
    for (LookupTable table : tables) {
      answer = answer.flatMap(table::lookup);
    }
    return answer;
  }

  /** The first table's, as in Postfix. */
  @Override
  public Keys keys() {
    return tables.getFirst().keys();
  }
}
