package dev.mailservice.maincf.table;

import java.util.List;
import java.util.Optional;

/** All tables' answers to one key, joined by commas: {@code unionmap:}. */
record UnionTable(List<LookupTable> tables) implements LookupTable {
  UnionTable {
    tables = List.copyOf(tables);
  }

  @Override
  public Optional<String> lookup(String key) {
    var answers = new StringBuilder();
    for (LookupTable table : tables) {
      Optional<String> answer = table.lookup(key);
      if (answer.isPresent()) {
        if (!answers.isEmpty()) {
          answers.append(',');
        }
        answers.append(answer.get());
      }
    }
    return Optional.of(answers.toString()).filter(it -> !it.isEmpty());
  }

  /** The first table's, as in Postfix. */
  @Override
  public Keys keys() {
    return tables.getFirst().keys();
  }
}
