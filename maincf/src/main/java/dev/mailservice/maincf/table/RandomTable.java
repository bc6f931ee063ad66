package dev.mailservice.maincf.table;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One of several answers to any key, by chance: {@code randmap:}. */
record RandomTable(List<String> answers, RandomGenerator random) implements LookupTable {
  RandomTable {
    answers = List.copyOf(answers);
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.of(answers.get(random.nextInt(answers.size())));
  }

  @Override
  public Keys keys() {
    return Keys.PATTERN;
  }
}
