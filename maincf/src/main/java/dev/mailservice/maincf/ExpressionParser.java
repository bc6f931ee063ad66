package dev.mailservice.maincf;

import dev.mailservice.maincf.Expression.IfCompares;
import dev.mailservice.maincf.Expression.IfSet;
import dev.mailservice.maincf.Expression.Operator;
import dev.mailservice.maincf.Expression.Reference;
import dev.mailservice.maincf.Expression.Sequence;
import dev.mailservice.maincf.Expression.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads a value's text as Postfix's mac_parse and mac_expand do, with their error texts. */
final class ExpressionParser {
  /** Postfix's own limit for calls within calls, in mac_expand. */
  private static final int MAX_NESTING = 100;

  private final Definition definition;
  private final String text;

  private ExpressionParser(Definition definition) {
    this.definition = definition;
    this.text = definition.value();
  }

  /**
   * @throws MainCfException if a reference is not closed, has no name, or is malformed within
   */
  static Expression parse(Definition definition) {
    var parser = new ExpressionParser(definition);
    return parser.sequence(0, parser.text.length(), 0);
  }

  private Expression sequence(int from, int to, int nesting) {
    if (nesting > MAX_NESTING) {
      throw error(from, "unreasonable macro call nesting: more than " + MAX_NESTING + " levels");
    }
    List<Expression> parts = new ArrayList<>();
    var literal = new StringBuilder();
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (at + 1 < to && text.charAt(at + 1) == '$') {
        literal.append('$');
        at += 2;
      } else {
        if (!literal.isEmpty()) {
          parts.add(new Text(literal.toString()));
          literal.setLength(0);
        }
        at = reference(at, to, nesting, parts);
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new Text(literal.toString()));
    }
    return parts.size() == 1 ? parts.getFirst() : new Sequence(List.copyOf(parts));
  }

  /** Reads what begins with the dollar sign at {@code dollar}; returns the offset behind it. */
  private int reference(int dollar, int to, int nesting, List<Expression> parts) {
    int open = dollar + 1;
    char bracket = open < to ? text.charAt(open) : 0;
    if (bracket == '{' || bracket == '(') {
      int close = closing(open, to, bracket, bracket == '{' ? '}' : ')');
      if (close < 0) {
        throw error(
            dollar,
            "truncated macro reference: \"%s\", want: a closing %s"
                .formatted(text.substring(dollar, to), bracket == '{' ? '}' : ')'));
      }
      parts.add(call(dollar, open + 1, close, nesting));
      return close + 1;
    }
    int end = nameEnd(open, to);
    if (end == open) {
      throw error(
          dollar,
          "empty macro name: \"%s\", want: a name, or $$ for a dollar sign"
              .formatted(text.substring(dollar, Math.min(to, dollar + 1))));
    }
    parts.add(new Reference(text.substring(open, end)));
    return end;
  }

  /** What stands between the brackets of {@code ${…}}. */
  private Expression call(int dollar, int from, int to, int nesting) {
    int start = skipSpace(from, to);
    if (start < to && text.charAt(start) == '{') {
      return comparison(start, to, nesting);
    }
    int nameEnd = nameEnd(start, to);
    if (nameEnd == start) {
      throw error(
          dollar,
          "empty macro name: \"%s\", want: a name".formatted(text.substring(dollar, to + 1)));
    }
    String name = text.substring(start, nameEnd);
    int at = skipSpace(nameEnd, to);
    if (at == to) {
      return new Reference(name);
    }
    return switch (text.charAt(at)) {
      case '?' -> {
        Branches branches = branches(at + 1, to, nesting);
        yield new IfSet(name, branches.then(), branches.otherwise());
      }
      case ':' -> new IfSet(name, Expression.EMPTY, lastBranch(at + 1, to, nesting));
      default ->
          throw error(
              at,
              "attribute name syntax error in \"%s\", want: ${name}, ${name?text} or ${name:text}"
                  .formatted(text.substring(dollar, to + 1)));
    };
  }

  private record Branches(Expression then, Expression otherwise) {}

  /** What follows a question mark: {@code text}, {@code {x}} or {@code {x}:{y}}. */
  private Branches branches(int from, int to, int nesting) {
    int open = skipSpace(from, to);
    if (open == to || text.charAt(open) != '{') {
      return new Branches(sequence(from, to, nesting + 1), Expression.EMPTY);
    }
    int close = closingBrace(open, to);
    Expression then = sequence(open + 1, close, nesting + 1);
    int at = skipSpace(close + 1, to);
    if (at == to) {
      return new Branches(then, Expression.EMPTY);
    }
    if (text.charAt(at) != ':') {
      throw unexpected(at, to, "want: : or the closing }");
    }
    return new Branches(then, lastBranch(at + 1, to, nesting));
  }

  /** What follows a colon: {@code text} or {@code {y}}. */
  private Expression lastBranch(int from, int to, int nesting) {
    int open = skipSpace(from, to);
    if (open == to || text.charAt(open) != '{') {
      return sequence(from, to, nesting + 1);
    }
    int close = closingBrace(open, to);
    int at = skipSpace(close + 1, to);
    if (at != to) {
      throw unexpected(at, to, "want: the closing }");
    }
    return sequence(open + 1, close, nesting + 1);
  }

  private Expression comparison(int open, int to, int nesting) {
    int leftClose = closingBrace(open, to);
    int at = skipSpace(leftClose + 1, to);
    Operator operator = operator(at, to);
    int rightOpen = skipSpace(at + operator.symbol.length(), to);
    if (rightOpen == to || text.charAt(rightOpen) != '{') {
      throw unexpected(rightOpen, to, "want: {");
    }
    int rightClose = closingBrace(rightOpen, to);
    int then = skipSpace(rightClose + 1, to);
    if (then == to || (text.charAt(then) != '?' && text.charAt(then) != ':')) {
      throw unexpected(then, to, "want: ? or :");
    }
    Branches branches =
        text.charAt(then) == '?'
            ? branches(then + 1, to, nesting)
            : new Branches(Expression.EMPTY, lastBranch(then + 1, to, nesting));
    return new IfCompares(
        sequence(open + 1, leftClose, nesting + 1),
        operator,
        sequence(rightOpen + 1, rightClose, nesting + 1),
        branches.then(),
        branches.otherwise());
  }

  private Operator operator(int at, int to) {
    for (Operator operator : Operator.values()) {
      if (text.startsWith(operator.symbol, at) && at + operator.symbol.length() <= to) {
        return operator;
      }
    }
    throw unexpected(at, to, "want: one of == != < <= > >=");
  }

  private int closingBrace(int open, int to) {
    int close = closing(open, to, '{', '}');
    if (close < 0) {
      throw error(open, "missing '}' in \"%s\"".formatted(text.substring(open, to)));
    }
    return close;
  }

  /**
   * The bracket that closes the one at {@code open}, counting those within; -1 if there is none.
   */
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

  private int nameEnd(int from, int to) {
    int at = from;
    while (at < to && isNameCharacter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private int skipSpace(int from, int to) {
    return Math.min(to, LogicalLine.skipSpace(text, from));
  }

  private MainCfException unexpected(int at, int to, String wanted) {
    return error(at, "unexpected input at: \"%s\", %s".formatted(text.substring(at, to), wanted));
  }

  private MainCfException error(int offset, String message) {
    return MainCfException.at(definition.position(offset), definition.name() + ": " + message);
  }
}
