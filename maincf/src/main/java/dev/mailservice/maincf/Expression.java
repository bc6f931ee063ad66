package dev.mailservice.maincf;

import java.util.List;

/**
 * A value before expansion: text and macro calls, one after the other. What is malformed is a part
 * like any other, because in Postfix it is an error only where the evaluation comes by.
 *
 * @param parts in the order of the text
 */
record Expression(List<Part> parts) {

  /** Text or a macro call; {@code from} and {@code to} say where it stands in the value. */
  sealed interface Part {
    int from();

    int to();
  }

  /** Text that stands for itself. */
  record Text(String text, int from, int to) implements Part {}

  /** {@code $name}, {@code ${name}}: the expanded value of a parameter. */
  record Use(String name, int from, int to) implements Part {}

  /** {@code ${name?then}}, {@code ${name:otherwise}}, {@code ${name?{then}:{otherwise}}}. */
  record Test(String name, List<Arm> arms, int from, int to) implements Part {}

  /**
   * {@code ${{left} op {right} ? {then} : {otherwise}}}.
   *
   * @param arms empty for a comparison whose result is the value: {@code true} or nothing
   */
  record Compare(
      Expression left, Comparison comparison, Expression right, List<Arm> arms, int from, int to)
      implements Part {}

  /**
   * What cannot be read.
   *
   * @param message in Postfix's words
   * @param want what would be right
   */
  record Malformed(String message, String want, int from, int to) implements Part {}

  /** One of the texts behind a condition, and when it is expanded. */
  record Arm(When when, Expression expression) {}

  /** The result of a condition that lets an arm be expanded. */
  enum When {
    HOLDS,
    FAILS,
    /** Not a choice but an error in what follows the choices. */
    EITHER;

    boolean applies(boolean holds) {
      return this == EITHER || holds == (this == HOLDS);
    }
  }
}
