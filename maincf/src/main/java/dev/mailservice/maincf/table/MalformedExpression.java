package dev.mailservice.maincf.table;

/** A regular expression that does not compile, or that means nothing on this engine. */
final class MalformedExpression extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param message what is wrong
   * @param offset where in the expression, from 0
   */
  MalformedExpression(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
