package dev.mailservice.maincf;

import java.util.function.IntPredicate;

/**
 * How two operands are compared.
 *
 * @param operator one of the six
 * @param level whether they are compatibility levels, as in <code>{3.6} &lt;level {3.10}</code>
 */
record Comparison(Operator operator, boolean level) {

  /** The relational operators of postconf(5). */
  enum Operator {
    EQUAL("==", difference -> difference == 0),
    NOT_EQUAL("!=", difference -> difference != 0),
    LESS("<", difference -> difference < 0),
    LESS_OR_EQUAL("<=", difference -> difference <= 0),
    GREATER_OR_EQUAL(">=", difference -> difference >= 0),
    GREATER(">", difference -> difference > 0);

    final String symbol;
    private final IntPredicate holds;

    Operator(String symbol, IntPredicate holds) {
      this.symbol = symbol;
      this.holds = holds;
    }
  }

  /**
   * Compares by number where both operands are digits, and by text where not; or as compatibility
   * levels.
   *
   * @throws IllegalArgumentException if a number is too large or a level malformed, in Postfix's
   *     words
   */
  boolean holds(String left, String right) {
    return operator.holds.test(difference(left, right));
  }

  private int difference(String left, String right) {
    if (level) {
      return CompatibilityLevel.parse(left).compareTo(CompatibilityLevel.parse(right));
    }
    if (isAllDigits(left) && isAllDigits(right)) {
      return Long.compare(number(left), number(right));
    }
    return left.compareTo(right);
  }

  private static boolean isAllDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> DecimalPrefix.isDigit((char) c));
  }

  private static long number(String digits) {
    DecimalPrefix number = DecimalPrefix.of(digits);
    if (number.overflow()) {
      throw new IllegalArgumentException(
          "mac_exp_eval: bad conversion: %s, want: a number of 64 bits".formatted(digits));
    }
    return number.value();
  }
}
