package dev.mailservice.maincf.table;

import java.util.Set;
import java.util.function.IntConsumer;

/** A bracket expression of POSIX, {@code [^[:alpha:]_-]}, in Java's syntax. */
final class PosixBrackets {
  private static final Set<String> CLASSES =
      Set.of(
          "alpha", "digit", "alnum", "upper", "lower", "space", "blank", "punct", "print", "graph",
          "cntrl", "xdigit");

  private static final String UNMATCHED = "Unmatched [, [^, [:, [., or [=";

  private final String source;
  private final boolean ignoreCase;
  private final boolean newline;
  private final StringBuilder out = new StringBuilder("[");
  private int at;

  PosixBrackets(String source, boolean ignoreCase, boolean newline) {
    this.source = source;
    this.ignoreCase = ignoreCase;
    this.newline = newline;
  }

  /** A class by its POSIX name. */
  static String javaClass(String name, boolean ignoreCase) throws MalformedExpression {
    if (!CLASSES.contains(name)) {
      throw new MalformedExpression("Invalid character class name", 0);
    }
    if (ignoreCase && (name.equals("upper") || name.equals("lower"))) {
      return "\\p{Alpha}";
    }
    return name.equals("xdigit")
        ? "\\p{XDigit}"
        : "\\p{" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}";
  }

  /**
   * @param start where the bracket opens
   * @param end is told where to go on
   */
  String read(int start, IntConsumer end) throws MalformedExpression {
    at = start + 1;
    if (peek() == '^') {
      out.append(newline ? "^\\n" : "^");
      at++;
    }
    boolean first = true;
    while (first || peek() != ']') {
      item(first);
      first = false;
    }
    end.accept(at + 1);
    return out.append(']').toString();
  }

  private char peek() throws MalformedExpression {
    if (at >= source.length()) {
      throw error(UNMATCHED);
    }
    return source.charAt(at);
  }

  private boolean isNext(String text) {
    return source.startsWith(text, at);
  }

  private void item(boolean first) throws MalformedExpression {
    if (isNext("[:")) {
      String name = named(":]");
      try {
        out.append(javaClass(name, ignoreCase));
      } catch (MalformedExpression e) {
        throw error(String.valueOf(e.getMessage()));
      }
      return;
    }
    if (peek() == '-' && !first && !isNext("-]")) {
      throw error("Invalid range end");
    }
    boolean equivalence = isNext("[=");
    char low = element();
    if (!equivalence && isNext("-") && !isNext("-]")) {
      at++;
      if (isNext("[:") || isNext("[=")) {
        throw error("Invalid range end");
      }
      char high = element();
      if (high < low) {
        throw error("Invalid range end");
      }
      out.append(ExpressionWriter.quote(low)).append('-').append(ExpressionWriter.quote(high));
    } else {
      out.append(ExpressionWriter.quote(low));
    }
  }

  private char element() throws MalformedExpression {
    if (isNext("[.") || isNext("[=")) {
      String name = named(source.charAt(at + 1) + "]");
      if (name.length() != 1) {
        throw error("Invalid collation character");
      }
      return name.charAt(0);
    }
    char c = peek();
    at++;
    return c;
  }

  private String named(String close) throws MalformedExpression {
    int end = source.indexOf(close, at + 2);
    if (end < 0) {
      throw error(UNMATCHED);
    }
    String name = source.substring(at + 2, end);
    at = end + 2;
    return name;
  }

  private MalformedExpression error(String message) {
    return new MalformedExpression(message, Math.min(at, source.length()));
  }
}
