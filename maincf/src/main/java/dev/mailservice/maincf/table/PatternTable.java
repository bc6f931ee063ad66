package dev.mailservice.maincf.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Expressions in order, the first that matches wins: {@code regexp:} and {@code pcre:}. */
final class PatternTable implements LookupTable {
  private final TableReference reference;
  private final List<Rule> rules;

  PatternTable(TableReference reference, List<Rule> rules) {
    this.reference = reference;
    this.rules = List.copyOf(rules);
  }

  sealed interface Rule {}

  /** A condition of a rule: whether the expression matches is what is wanted or not wanted. */
  record Condition(RegularExpression expression, boolean positive, int line) {}

  /** Gives a result if all its conditions hold; the groups are the first one's. */
  record Match(List<Condition> conditions, Replacement replacement) implements Rule {}

  /** Goes on behind its block, at {@code blockEnd}, if its condition does not hold. */
  record If(Condition condition, int blockEnd) implements Rule {}

  static PatternTable ofLines(
      RuleSyntax syntax, TableReference reference, List<TableLine> lines, Findings findings) {
    return new PatternTable(reference, new PatternRules(syntax, findings).read(lines));
  }

  @Override
  public Optional<String> lookup(String key) {
    var search = new Search(new CountedText(Bytes.of(key), new Steps()));
    int at = 0;
    while (at < rules.size()) {
      switch (rules.get(at)) {
        case If(Condition condition, int blockEnd) ->
            at = search.holds(condition) ? at + 1 : blockEnd;
        case Match match -> {
          Optional<String> result = search.result(match);
          if (result.isPresent()) {
            return Optional.of(text(match, result.get()));
          }
          at++;
        }
      }
    }
    return Optional.empty();
  }

  private String text(Match match, String bytes) {
    return Bytes.text(bytes)
        .orElseThrow(
            () ->
                new LookupFailure(
                    "%s, line %d: the result is no UTF-8, a part of the key was cut within a character"
                        .formatted(reference, match.conditions().getFirst().line())));
  }

  /** One lookup: the key, and how many steps are left for it. */
  private final class Search {
    private final CountedText key;

    Search(CountedText key) {
      this.key = key;
    }

    boolean holds(Condition condition) {
      return bounded(condition, () -> condition.expression().matches(key)) == condition.positive();
    }

    Optional<String> result(Match match) {
      Condition first = match.conditions().getFirst();
      if (match.replacement().highestGroup() == 0) {
        return match.conditions().stream().allMatch(this::holds)
            ? Optional.of(match.replacement().with(List.of()))
            : Optional.empty();
      }
      Optional<List<String>> captures = bounded(first, () -> first.expression().captures(key));
      return captures
          .filter(it -> match.conditions().stream().skip(1).allMatch(this::holds))
          .map(match.replacement()::with);
    }

    private <T> T bounded(Condition condition, Supplier<T> matching) {
      try {
        key.steps().startExpression();
        T result = matching.get();
        key.steps().endExpression();
        return result;
      } catch (Steps.Exhausted e) {
        throw failure(condition, "the expression takes too long for this key", e);
      } catch (StackOverflowError e) {
        throw failure(condition, "the expression goes too deep for this key", e);
      }
    }
  }

  private LookupFailure failure(Condition condition, String why, Throwable cause) {
    return new LookupFailure("%s, line %d: %s".formatted(reference, condition.line(), why), cause);
  }

  @Override
  public Keys keys() {
    return Keys.PATTERN;
  }
}
