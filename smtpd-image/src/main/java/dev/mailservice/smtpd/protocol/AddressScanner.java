package dev.mailservice.smtpd.protocol;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of an address into the lexical tokens of RFC 822 section 3.3. */
public final class AddressScanner {
  /** RFC 822's specials, and Postfix's routing operators. */
  private static final String OPERATORS = "|%!()<>@,;:\\\".[]";

  private final String text;
  private int at;

  /** The kinds of a lexical token. */
  public enum Kind {
    ATOM,
    QUOTED_STRING,
    DOMAIN_LITERAL,
    COMMENT,
    OPERATOR
  }

  /**
   * One lexical token.
   *
   * @param text without quotes, brackets and backslashes; a comment keeps its parentheses
   */
  public record Lexeme(Kind kind, String text) {
    /** Whether it is this operator. */
    public boolean is(char operator) {
      return kind == Kind.OPERATOR && text.charAt(0) == operator;
    }

    boolean isOperator(int c) {
      return is((char) c);
    }

    boolean isWord() {
      return kind == Kind.ATOM || kind == Kind.QUOTED_STRING || kind == Kind.DOMAIN_LITERAL;
    }

    /** As it stands in an address without quotes. */
    public String internal() {
      return kind == Kind.DOMAIN_LITERAL ? "[" + text + "]" : text;
    }
  }

  private AddressScanner(String text) {
    this.text = text;
  }

  /** The tokens of a text, in a list that may be changed. */
  public static List<Lexeme> scan(String text) {
    var scanner = new AddressScanner(text);
    var lexemes = new ArrayList<Lexeme>();
    while (scanner.at < text.length()) {
      if (isSpace(text.charAt(scanner.at))) {
        scanner.at++;
      } else {
        lexemes.add(scanner.next());
      }
    }
    return lexemes;
  }

  private static boolean isOperator(char c) {
    return OPERATORS.indexOf(c) >= 0;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private Lexeme next() {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> {
        at++;
        return comment();
      }
      case '[' -> {
        at++;
        return new Lexeme(Kind.DOMAIN_LITERAL, upTo(']'));
      }
      case '"' -> {
        at++;
        return new Lexeme(Kind.QUOTED_STRING, upTo('"'));
      }
      default -> {
        if (c != '\\' && isOperator(c)) {
          at++;
          return new Lexeme(Kind.OPERATOR, String.valueOf(c));
        }
        String atom = atom();
        return new Lexeme(needsQuotes(atom) ? Kind.QUOTED_STRING : Kind.ATOM, atom);
      }
    }
  }

  /** What a backslash has protected is like what stands in quotes. */
  private static boolean needsQuotes(String atom) {
    for (int i = 0; i < atom.length(); i++) {
      char c = atom.charAt(i);
      if (c <= ' ' || c == 127 || isOperator(c)) {
        return true;
      }
    }
    return false;
  }

  private Lexeme comment() {
    var out = new StringBuilder("(");
    for (int depth = 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        c = text.charAt(at);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth == 0) {
          at++;
          out.append(c);
          break;
        }
      }
      out.append(c);
    }
    return new Lexeme(Kind.COMMENT, out.toString());
  }

  private String upTo(char end) {
    var out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != end) {
      take(out);
    }
    at++;
    return out.toString();
  }

  private String atom() {
    var out = new StringBuilder();
    while (at < text.length()
        && !isSpace(text.charAt(at))
        && (text.charAt(at) == '\\' || !isOperator(text.charAt(at)))) {
      take(out);
    }
    return out.toString();
  }

  /** The next character, which a backslash may protect. */
  private void take(StringBuilder out) {
    char c = text.charAt(at++);
    if (c == '\\') {
      if (at == text.length()) {
        return;
      }
      c = text.charAt(at++);
    }
    out.append(isSpace(c) ? ' ' : c);
  }
}
