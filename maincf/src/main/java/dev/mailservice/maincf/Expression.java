package dev.mailservice.maincf;

import java.util.List;

/** A value before expansion, as a tree. */
sealed interface Expression {

  /** Text that stands for itself. */
  record Text(String text) implements Expression {}

  /** {@code $name}: the expanded value of a parameter. */
  record Reference(String name) implements Expression {}

  /** One after the other. */
  record Sequence(List<Expression> parts) implements Expression {}

  /** {@code ${name?then}}, {@code ${name:otherwise}}, {@code ${name?{then}:{otherwise}}}. */
  record IfSet(String name, Expression then, Expression otherwise) implements Expression {}

  /** {@code ${{left} op {right} ? {then} : {otherwise}}}. */
  record IfCompares(
      Expression left, Operator operator, Expression right, Expression then, Expression otherwise)
      implements Expression {}

  /** What two values are compared by: as numbers where both are numbers, as text where not. */
  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    GREATER(">");

    final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case NOT_EQUAL -> comparison != 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
        case LESS -> comparison < 0;
        case GREATER -> comparison > 0;
      };
    }
  }

  /** Nothing at all. */
  Expression EMPTY = new Text("");
}
