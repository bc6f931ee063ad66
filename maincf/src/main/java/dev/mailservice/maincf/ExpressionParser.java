package dev.mailservice.maincf;

import dev.mailservice.maincf.Comparison.Operator;
import dev.mailservice.maincf.Expression.Arm;
import dev.mailservice.maincf.Expression.Compare;
import dev.mailservice.maincf.Expression.Malformed;
import dev.mailservice.maincf.Expression.Part;
import dev.mailservice.maincf.Expression.Test;
import dev.mailservice.maincf.Expression.Text;
import dev.mailservice.maincf.Expression.Use;
import dev.mailservice.maincf.Expression.When;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value's text as Postfix's mac_parse(3) and mac_expand(3) do, with their error texts.
 * Reading never fails: what is malformed becomes a part of the expression.
 */
final class ExpressionParser {
  /**
   * How deep calls are read. Postfix allows 100 levels, each operand of a comparison beginning
   * anew; this bounds them all together, so that no text can exhaust the stack.
   */
  private static final int MAX_DEPTH = 200;

  /** What may stand where an operator is wanted; Postfix reads more than it knows. */
  private static final String OPERATOR_CHARACTERS = "<>!=?+-*/~&|%";

  private final String text;

  private ExpressionParser(String text) {
    this.text = text;
  }

  static Expression parse(String text) {
    return new ExpressionParser(text).sequence(0, text.length(), 0);
  }

  private Expression sequence(int from, int to, int depth) {
    List<Part> parts = new ArrayList<>();
    if (depth > MAX_DEPTH) {
      parts.add(
          new Malformed(
              "unreasonable macro call nesting: \"%s\"".formatted(excerpt(from, to)),
              "at most 100 levels",
              from,
              to));
      return new Expression(parts);
    }
    int at = from;
    while (at < to) {
      int next = isCall(at, to) ? call(at, to, from, depth, parts) : literal(at, to, parts);
      if (next < 0) {
        break;
      }
      at = next;
    }
    return new Expression(List.copyOf(parts));
  }

  private boolean isCall(int at, int to) {
    return text.charAt(at) == '$' && !(at + 1 < to && text.charAt(at + 1) == '$');
  }

  private int literal(int from, int to, List<Part> parts) {
    var literal = new StringBuilder();
    int at = from;
    while (at < to && !isCall(at, to)) {
      char c = text.charAt(at);
      literal.append(c);
      at += c == '$' ? 2 : 1;
    }
    parts.add(new Text(literal.toString(), from, at));
    return at;
  }

  /**
   * Reads what begins with the dollar sign at {@code dollar}.
   *
   * @param start where the text begins that Postfix would quote
   * @return the offset behind it; -1 if the rest cannot be read
   */
  private int call(int dollar, int to, int start, int depth, List<Part> parts) {
    int open = dollar + 1;
    char bracket = open < to ? text.charAt(open) : 0;
    if (bracket != '{' && bracket != '(') {
      int end = open;
      while (end < to && isNameCharacter(text.charAt(end))) {
        end++;
      }
      if (end == open) {
        parts.add(emptyName(dollar, start, to));
        return -1;
      }
      parts.add(new Use(text.substring(open, end), open, end));
      return end;
    }
    char closing = bracket == '{' ? '}' : ')';
    int close = closing(open, to, bracket, closing);
    if (close < 0) {
      parts.add(
          new Malformed(
              "truncated macro reference: \"%s\"".formatted(excerpt(start, to)),
              "a closing " + closing,
              dollar,
              to));
      return -1;
    }
    if (close == open + 1) {
      parts.add(emptyName(dollar, start, to));
      return -1;
    }
    parts.add(bracketed(open + 1, close, depth));
    return close + 1;
  }

  private Malformed emptyName(int dollar, int start, int to) {
    return new Malformed(
        "empty macro name: \"%s\"".formatted(excerpt(start, to)),
        "a name, or $$ for a dollar sign",
        dollar,
        to);
  }

  /** What stands between the brackets of {@code ${…}}. */
  private Part bracketed(int from, int to, int depth) {
    int start = skipSpace(from, to);
    return start < to && text.charAt(start) == '{'
        ? comparison(from, start, to, depth)
        : named(from, start, to, depth);
  }

  private Part named(int from, int start, int to, int depth) {
    int at = start;
    while (at < to && isNameCharacter(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    int operator = skipSpace(at, to);
    if (operator == to) {
      return new Use(name, from, to);
    }
    char c = text.charAt(operator);
    if (c != '?' && c != ':') {
      return new Malformed(
          "attribute name syntax error at: \"...%s>>>%s\""
              .formatted(excerpt(from, at), unread(at, to)),
          "${name}, ${name?text} or ${name:text}",
          at,
          to);
    }
    return new Test(name, arms(operator, to, depth), from, to);
  }

  /** What follows a condition, beginning with the question mark or the colon. */
  private List<Arm> arms(int operator, int to, int depth) {
    var arms = new ArrayList<Arm>();
    int at = operator;
    if (text.charAt(at) == '?') {
      int end = arm(When.HOLDS, at + 1, to, depth, arms);
      if (end == to) {
        return arms;
      }
      if (text.charAt(end) != ':') {
        arms.add(rest("\":\" expected at", end, to, ": or the closing }", at));
        return arms;
      }
      at = end;
    }
    int end = arm(When.FAILS, at + 1, to, depth, arms);
    if (end != to) {
      arms.add(rest("unexpected input at", end, to, "the closing }", at));
    }
    return arms;
  }

  private Arm rest(String message, int end, int to, String want, int operator) {
    int open = skipSpace(operator + 1, to);
    int close = closing(open, to, '{', '}');
    return new Arm(
        When.EITHER,
        malformed(
            "%s: \"...%s}>>>%s\"".formatted(message, excerpt(open + 1, close), unread(end, to)),
            want,
            end,
            to));
  }

  /** Reads one arm, {@code text} or {@code {text}}; returns the offset behind it. */
  private int arm(When when, int from, int to, int depth, List<Arm> arms) {
    int open = skipSpace(from, to);
    if (open == to || text.charAt(open) != '{') {
      arms.add(new Arm(when, sequence(from, to, depth + 1)));
      return to;
    }
    int close = closing(open, to, '{', '}');
    if (close < 0) {
      arms.add(new Arm(When.EITHER, unbalanced(open, to)));
      return to;
    }
    arms.add(new Arm(when, sequence(open + 1, close, depth + 1)));
    return skipSpace(close + 1, to);
  }

  private Part comparison(int from, int leftOpen, int to, int depth) {
    int leftClose = closing(leftOpen, to, '{', '}');
    if (leftClose < 0) {
      return unbalanced(leftOpen, to).parts().getFirst();
    }
    int operatorStart = skipSpace(leftClose + 1, to);
    int operatorEnd = operatorStart;
    while (operatorEnd < to && OPERATOR_CHARACTERS.indexOf(text.charAt(operatorEnd)) >= 0) {
      operatorEnd++;
    }
    String symbol = text.substring(operatorStart, operatorEnd);
    Operator operator = operator(symbol);
    if (operator == null) {
      return new Malformed(
          "\"==\" or \"!=\" or \"<\" or \"<=\" or \">=\" or \">\" expected at: \"...%s}>>>%s\""
              .formatted(excerpt(leftOpen + 1, leftClose), unread(operatorStart, to)),
          "one of == != < <= > >=",
          operatorStart,
          to);
    }
    int suffixEnd = operatorEnd;
    while (suffixEnd < to && isAlphanumeric(text.charAt(suffixEnd))) {
      suffixEnd++;
    }
    String suffix = text.substring(operatorEnd, suffixEnd);
    if (!suffix.isEmpty() && !suffix.equals("level")) {
      return new Malformed(
          "bad operator suffix at: \"...%s>>>%s\"".formatted(symbol, suffix),
          "no suffix, or level",
          operatorEnd,
          to);
    }
    int rightOpen = skipSpace(suffixEnd, to);
    if (rightOpen == to || text.charAt(rightOpen) != '{') {
      return new Malformed(
          "\"{expression}\" expected at: \"...{%s} %s>>>%s\""
              .formatted(excerpt(leftOpen + 1, leftClose), symbol, unread(suffixEnd, to)),
          "{expression}",
          suffixEnd,
          to);
    }
    int rightClose = closing(rightOpen, to, '{', '}');
    if (rightClose < 0) {
      return unbalanced(rightOpen, to).parts().getFirst();
    }
    int then = skipSpace(rightClose + 1, to);
    return new Compare(
        sequence(leftOpen + 1, leftClose, depth + 1),
        new Comparison(operator, !suffix.isEmpty()),
        sequence(rightOpen + 1, rightClose, depth + 1),
        then == to ? List.of() : comparisonArms(then, to, depth),
        from,
        to);
  }

  private List<Arm> comparisonArms(int operator, int to, int depth) {
    char c = text.charAt(operator);
    return c == '?' || c == ':'
        ? arms(operator, to, depth)
        : List.of(
            new Arm(
                When.EITHER,
                malformed(
                    "\"?\" or \":\" expected at: \"...}>>>%s\"".formatted(unread(operator, to)),
                    "? or :",
                    operator,
                    to)));
  }

  private static @Nullable Operator operator(String symbol) {
    for (Operator operator : Operator.values()) {
      if (operator.symbol.equals(symbol)) {
        return operator;
      }
    }
    return null;
  }

  private Expression unbalanced(int open, int to) {
    return malformed(
        "unbalanced {} in attribute expression: \"%s\"".formatted(excerpt(open, to)),
        "a closing }",
        open,
        to);
  }

  private static Expression malformed(String message, String want, int from, int to) {
    return new Expression(List.of(new Malformed(message, want, from, to)));
  }

  /** The bracket that closes the one at {@code open}; -1 if there is none. */
  private int closing(int open, int to, char opening, char closing) {
    int level = 0;
    for (int at = open; at < to; at++) {
      char c = text.charAt(at);
      if (c == opening) {
        level++;
      } else if (c == closing && --level == 0) {
        return at;
      }
    }
    return -1;
  }

  private int skipSpace(int from, int to) {
    int at = from;
    while (at < to && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isNameCharacter(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || DecimalPrefix.isDigit(c);
  }

  /** What Postfix shows of the text that it could not read. */
  private String unread(int from, int to) {
    return text.substring(from, Math.min(to, from + 20));
  }

  /** Text to quote; longer than any value that somebody typed is cut. */
  private String excerpt(int from, int to) {
    int max = 1000;
    return to - from <= max ? text.substring(from, to) : text.substring(from, from + max) + "...";
  }
}
