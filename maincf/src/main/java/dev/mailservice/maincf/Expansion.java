package dev.mailservice.maincf;

import dev.mailservice.maincf.Expression.Arm;
import dev.mailservice.maincf.Expression.Compare;
import dev.mailservice.maincf.Expression.Malformed;
import dev.mailservice.maincf.Expression.Part;
import dev.mailservice.maincf.Expression.Test;
import dev.mailservice.maincf.Expression.Text;
import dev.mailservice.maincf.Expression.Use;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One expansion of one value, as Postfix's mac_expand(3) with recursion: a lookup result is
 * expanded in turn, and a condition asks whether a parameter's value is empty before expansion.
 */
final class Expansion {
  /** Postfix's own bound of calls within calls. */
  private static final int MAX_LEVEL = 100;

  /** Levels with those around a comparison, where Postfix has no bound and dies of the stack. */
  private static final int MAX_DEPTH = 200;

  private final Function<String, Optional<Definition>> definitions;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Definition> within = new ArrayDeque<>();
  private final Work work;

  private Expansion(Function<String, Optional<Definition>> definitions, Work work) {
    this.definitions = definitions;
    this.work = work;
  }

  /** Characters and parts that expansions may make between them; Postfix has no such bound. */
  static final class Work {
    private final long limit;
    private long done;

    Work(long limit) {
      this.limit = limit;
    }

    boolean isExceeded() {
      return done > limit;
    }

    private void add(int more) {
      done += more;
    }
  }

  /**
   * Expands a value.
   *
   * @param definitions where names are looked up
   * @param work what this one and others may cost
   * @throws MainCfException if the evaluation comes by something malformed, calls itself, or would
   *     make more than any machine can hold
   */
  static String of(
      Definition definition, Function<String, Optional<Definition>> definitions, Work work) {
    var expansion = new Expansion(definitions, work);
    expansion.definition(definition, new Depth(0, 0));
    return expansion.out.toString();
  }

  /**
   * @param level calls within calls as Postfix counts them, anew in each operand of a comparison
   * @param all calls within calls
   */
  private record Depth(int level, int all) {
    Depth deeper() {
      return new Depth(level + 1, all + 1);
    }

    Depth operand() {
      return new Depth(0, all + 1);
    }
  }

  private void definition(Definition definition, Depth depth) {
    within.addLast(definition);
    // Its text is read anew each time it is used.
    work(new Text("", 0, 0), definition.value().length());
    expression(ExpressionParser.parse(definition.value()), depth);
    within.removeLast();
  }

  private void expression(Expression expression, Depth depth) {
    for (Part part : expression.parts()) {
      part(part, depth);
    }
  }

  private void part(Part part, Depth depth) {
    Definition here = within.getLast();
    if (part instanceof Malformed malformed) {
      throw new MainCfException(diagnostic(here, malformed));
    }
    if (depth.level() > MAX_LEVEL || depth.all() > MAX_DEPTH) {
      String call =
          part instanceof Text text ? text.text() : here.value().substring(part.from(), part.to());
      throw refused(
          part,
          "unreasonable macro call nesting: \"%s\"".formatted(call),
          circle().orElse("at most %d levels".formatted(MAX_LEVEL)));
    }
    work(part, 1);
    switch (part) {
      case Text(String text, int from, int to) -> {
        work(part, text.length());
        out.append(text);
      }
      case Use(String name, int from, int to) ->
          definitions.apply(name).ifPresent(it -> definition(it, depth.deeper()));
      case Test(String name, List<Arm> arms, int from, int to) ->
          arms(
              arms, definitions.apply(name).filter(it -> !it.value().isEmpty()).isPresent(), depth);
      case Compare compare -> compare(compare, depth);
      case Malformed malformed -> throw new AssertionError(malformed);
    }
  }

  private void arms(List<Arm> arms, boolean holds, Depth depth) {
    for (Arm arm : arms) {
      if (arm.when().applies(holds)) {
        expression(arm.expression(), depth.deeper());
      }
    }
  }

  private void compare(Compare compare, Depth depth) {
    String left = operand(compare.left(), depth);
    String right = operand(compare.right(), depth);
    boolean holds;
    try {
      holds = compare.comparison().holds(left, right);
    } catch (IllegalArgumentException e) {
      throw MainCfException.at(
          within.getLast().position(compare.from()), String.valueOf(e.getMessage()));
    }
    if (compare.arms().isEmpty() && holds) {
      part(new Text("true", compare.from(), compare.to()), depth.deeper());
    }
    arms(compare.arms(), holds, depth);
  }

  private String operand(Expression expression, Depth depth) {
    int start = out.length();
    expression(expression, depth.operand());
    String value = out.substring(start);
    out.setLength(start);
    return value;
  }

  private void work(Part part, int more) {
    work.add(more);
    if (work.isExceeded()) {
      throw refused(
          part, "unreasonable macro expansion", "values that do not multiply each other so often");
    }
  }

  /** The names that call each other, if that is why the nesting is deep. */
  private Optional<String> circle() {
    String last = within.getLast().name();
    var names = new ArrayDeque<String>();
    names.add(last);
    for (Definition definition : within.reversed().stream().skip(1).toList()) {
      names.addFirst(definition.name());
      if (definition.name().equals(last)) {
        return Optional.of("no circle: " + String.join(" -> ", names));
      }
    }
    return Optional.empty();
  }

  private MainCfException refused(Part part, String message, String want) {
    Definition here = within.getLast();
    return new MainCfException(
        diagnostic(here, new Malformed(message, want, part.from(), part.to())));
  }

  /** What is to be told about a malformed part of this value. */
  static Diagnostic diagnostic(Definition definition, Malformed malformed) {
    return Diagnostic.error(
        definition.position(malformed.from()),
        "%s: %s, want: %s".formatted(definition.name(), malformed.message(), malformed.want()));
  }
}
