package dev.mailservice.maincf.table;

/**
 * How much an expression may still look at. The client chooses the key, and a careless expression
 * such as {@code (a+)+$} takes exponential time for some keys.
 */
final class Steps {
  /** Looks at one character each; some ten milliseconds. PCRE gives up at a similar point. */
  static final int FOR_ONE_EXPRESSION = 1_000_000;

  /** For a whole table: enough for tens of thousands of rules on a long key. */
  static final int FOR_ONE_LOOKUP = 50_000_000;

  private int left = FOR_ONE_LOOKUP;
  private int leftHere;

  /** An expression took more steps than it may. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("too many steps", null, false, false);
    }
  }

  void startExpression() {
    leftHere = Math.min(FOR_ONE_EXPRESSION, left);
    left -= leftHere;
  }

  void endExpression() {
    left += leftHere;
    leftHere = 0;
  }

  void take() {
    if (--leftHere < 0) {
      throw new Exhausted();
    }
  }
}
