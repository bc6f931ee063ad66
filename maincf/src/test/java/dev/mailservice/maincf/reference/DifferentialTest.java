package dev.mailservice.maincf.reference;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.reference.PostfixReference.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded random files and expressions, read by {@code postconf} and by this library. A difference
 * is cut down to its smallest form before it is told.
 *
 * <p>More or others by hand: {@code -Dmaincf.cases=1000000 -Dmaincf.seed=7}.
 */
@BesidePostfix
class DifferentialTest {
  private static final int CASES = Integer.getInteger("maincf.cases", 20_000);
  private static final long SEED = Long.getLong("maincf.seed", 20_261_123L);

  /** Values that postconf accepts are asked for many at once, which saves processes. */
  private static final int BATCH = 25;

  /** How many differences are told, cut down. */
  private static final int TOLD = 3;

  @TempDir Path folder;

  @Test
  void postconf_and_this_library_read_every_file_alike(PostfixReference postfix) {
    List<Case> cases =
        IntStream.range(0, CASES).parallel().mapToObj(DifferentialTest::draw).toList();
    Map<Case, Answer> answers =
        cases.parallelStream().collect(toMap(it -> it, Answer::to, (one, same) -> one));
    Queue<Case> differ = new ConcurrentLinkedQueue<>();

    Map<Boolean, List<Case>> bySize =
        cases.stream().collect(groupingBy(it -> it.isExpression() && !answers.get(it).isRefusal()));
    InParallel.each(
        bySize.getOrDefault(false, List.of()),
        one -> {
          if (difference(postfix, one).isPresent()) {
            differ.add(one);
          }
        });
    InParallel.each(
        batches(bySize.getOrDefault(true, List.of())),
        batch -> batch(postfix, batch, answers, differ));

    List<String> differences =
        differ.stream().limit(TOLD).map(it -> told(postfix, smallest(postfix, it))).toList();
    assertThat(differences)
        .as("%d differences in %d cases, seed %d", differ.size(), CASES, SEED)
        .isEmpty();
    System.out.printf(
        "%d cases beside postconf, %d of them refused by both, seed %d: no difference%n",
        CASES, answers.values().stream().filter(Answer::isRefusal).count(), SEED);
  }

  private static Case draw(int number) {
    var cases = new Cases(new Random(SEED + number));
    return number % 8 == 0 ? cases.file() : cases.expression("c" + number + "_");
  }

  private static List<List<Case>> batches(List<Case> cases) {
    var batches = new ArrayList<List<Case>>();
    for (List<Case> same : cases.stream().collect(groupingBy(Case::options)).values()) {
      for (int from = 0; from < same.size(); from += BATCH) {
        batches.add(same.subList(from, Math.min(same.size(), from + BATCH)));
      }
    }
    return batches;
  }

  private void batch(
      PostfixReference postfix, List<Case> batch, Map<Case, Answer> answers, Queue<Case> differ) {
    List<String> asked = batch.stream().map(Case::asked).toList();
    Said theirs = ask(postfix, Case.file(batch), batch.getFirst().options(), "-x", asked);
    Map<String, String> values =
        theirs
            .out()
            .lines()
            .filter(line -> line.contains(" = ") || line.endsWith(" ="))
            .collect(
                toMap(line -> line.split(" =", 2)[0], line -> line.split(" =", 2)[1], (a, b) -> b));
    for (Case one : batch) {
      String value = values.get(one.asked());
      boolean same = value != null && answers.get(one).differsFrom(value, theirs).isEmpty();
      // In company a case may only seem to differ: alone it tells.
      if (!same && difference(postfix, one).isPresent()) {
        differ.add(one);
      }
    }
  }

  private Optional<String> difference(PostfixReference postfix, Case asked) {
    return Answer.to(asked).differsFrom(ask(postfix, asked));
  }

  private String told(PostfixReference postfix, Case asked) {
    return "%s\n%s\nPostfix: %s\nhere: %s"
        .formatted(
            asked,
            difference(postfix, asked).orElse("(not again)"),
            ask(postfix, asked),
            Answer.to(asked));
  }

  private Said ask(PostfixReference postfix, Case asked) {
    return ask(postfix, asked.file(), asked.options(), "-xh", List.of(asked.asked()));
  }

  private Said ask(
      PostfixReference postfix,
      String mainCf,
      List<String> options,
      String flags,
      List<String> names) {
    var arguments = new ArrayList<String>();
    options.forEach(it -> arguments.addAll(List.of("-o", it)));
    arguments.add(flags);
    arguments.addAll(names);
    return postfix.ask(folder, mainCf, "postconf", arguments);
  }

  private Case smallest(PostfixReference postfix, Case from) {
    Case smallest = from;
    while (true) {
      Queue<Case> smaller = new ConcurrentLinkedQueue<>();
      InParallel.each(
          smallest.smaller(),
          candidate -> {
            if (smaller.isEmpty() && difference(postfix, candidate).isPresent()) {
              smaller.add(candidate);
            }
          });
      if (smaller.isEmpty()) {
        return smallest;
      }
      smallest = smaller.remove();
    }
  }
}
