package dev.mailservice.maincf.table;

import java.util.ArrayDeque;
import java.util.Locale;

/** Whether it can matter which of several alternatives an engine takes. */
final class Alternatives {
  private Alternatives() {}

  /**
   * Whether an expression has alternatives that do not each start with another plain letter or
   * digit, so that two of them may match at one place. Rather too often yes than too rarely.
   *
   * @param expression an extended POSIX expression that compiles
   */
  static boolean mayOverlap(String expression) {
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        i = afterBracket(expression, i) - 1;
      } else if (c == '|') {
        return !allStartDifferently(expression);
      }
    }
    return false;
  }

  /** Where to go on after a bracket expression, whose first character may be its closing one. */
  private static int afterBracket(String expression, int open) {
    int at = expression.startsWith("^", open + 1) ? open + 3 : open + 2;
    if (expression.startsWith("[:", at - 1)) {
      at--;
    }
    while (at < expression.length() && expression.charAt(at) != ']') {
      int end = expression.startsWith("[:", at) ? expression.indexOf(":]", at) : -1;
      at = end < 0 ? at + 1 : end + 2;
    }
    return at + 1;
  }

  /** Looks at each group: the characters after its parenthesis and after its bars. */
  private static boolean allStartDifferently(String expression) {
    var seen = new ArrayDeque<String>();
    seen.push(first(expression, 0));
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        i = afterBracket(expression, i) - 1;
      } else if (c == '(') {
        seen.push(first(expression, i + 1));
      } else if (c == ')' && seen.size() > 1) {
        seen.pop();
      } else if (c == '|') {
        String before = seen.pop();
        String next = first(expression, i + 1);
        if (before.isEmpty() || next.isEmpty() || before.contains(next)) {
          return false;
        }
        seen.push(before + next);
      }
    }
    return true;
  }

  /** The plain character that something starts with, in lower case; empty if with another thing. */
  private static String first(String expression, int at) {
    boolean plain =
        at < expression.length()
            && Directive.isAlphanumeric(expression.charAt(at))
            && (at + 1 == expression.length() || "*?{".indexOf(expression.charAt(at + 1)) < 0);
    return plain ? expression.substring(at, at + 1).toLowerCase(Locale.ROOT) : "";
  }
}
