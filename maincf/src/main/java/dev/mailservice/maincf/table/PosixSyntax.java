package dev.mailservice.maincf.table;

/**
 * Writes a POSIX expression, as glibc's regcomp(3) reads it in the C locale, in Java's syntax.
 *
 * <p>What is the same: which texts match. What may differ: which of several alternatives is taken,
 * because POSIX wants the longest and Java the first; {@link RegularExpression} makes up for that
 * as far as the whole match goes, and a warning names the rules where it does not suffice. An
 * anchor within a repeated group holds each time here; glibc's copies of the group forget it.
 */
final class PosixSyntax {
  private static final int MOST_REPETITIONS = 0x7fff;

  private final String source;
  private final boolean extended;
  private final boolean ignoreCase;
  private final boolean newline;
  private final ExpressionWriter out = new ExpressionWriter();
  private int at;

  private PosixSyntax(String source, boolean extended, boolean ignoreCase, boolean newline) {
    this.source = source;
    this.extended = extended;
    this.ignoreCase = ignoreCase;
    this.newline = newline;
  }

  /**
   * @param extended an extended expression, not a basic one
   * @param ignoreCase whether {@code [:upper:]} means every letter
   * @param newline whether a newline ends a line and is matched by no {@code .}
   * @throws MalformedExpression with the C library's message
   */
  static String toJava(String source, boolean extended, boolean ignoreCase, boolean newline)
      throws MalformedExpression {
    return new PosixSyntax(source, extended, ignoreCase, newline).translate();
  }

  private String translate() throws MalformedExpression {
    while (at < source.length()) {
      char c = source.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' ->
            out.atom(new PosixBrackets(source, ignoreCase, newline).read(at, end -> at = end));
        case '.' -> single(() -> out.atom("."));
        case '*' -> star();
        case '^' -> caret();
        case '$' -> dollar();
        default -> {
          if (extended) {
            extendedOperator(c);
          } else {
            single(() -> out.literal(c));
          }
        }
      }
    }
    if (out.depth() > 0) {
      throw error("Unmatched ( or \\(");
    }
    return out.text();
  }

  private void single(Runnable write) {
    write.run();
    at++;
  }

  private void extendedOperator(char c) throws MalformedExpression {
    switch (c) {
      case '(' -> single(() -> out.open("(", true));
      case ')' -> {
        if (out.depth() > 0) {
          single(out::close);
        } else {
          single(() -> out.literal(c));
        }
      }
      case '|' -> single(() -> out.plain("|"));
      case '+', '?' -> {
        quantify(String.valueOf(c), 1);
        at++;
      }
      case '{' -> {
        at++;
        interval("}");
      }
      default -> single(() -> out.literal(c));
    }
  }

  private void quantify(String java, int times) throws MalformedExpression {
    if (!out.hasAtom()) {
      throw error("Invalid preceding regular expression");
    }
    out.quantify(java, times, at);
  }

  private void star() throws MalformedExpression {
    if (!extended && !out.hasAtom()) {
      single(() -> out.literal('*'));
      return;
    }
    quantify("*", 1);
    at++;
  }

  private void caret() {
    boolean anchors =
        extended || at == 0 || source.startsWith("\\(", at - 2) || source.startsWith("\\|", at - 2);
    single(() -> anchorOrLiteral(anchors, newline ? "(?m:^)" : "\\A", '^'));
  }

  private void dollar() {
    boolean anchors =
        extended
            || at + 1 == source.length()
            || source.startsWith("\\)", at + 1)
            || source.startsWith("\\|", at + 1);
    single(() -> anchorOrLiteral(anchors, newline ? "(?=\\n|\\z)" : "\\z", '$'));
  }

  private void anchorOrLiteral(boolean anchors, String java, char literal) {
    if (anchors) {
      out.plain(java);
    } else {
      out.literal(literal);
    }
  }

  private void escape() throws MalformedExpression {
    if (at + 1 == source.length()) {
      throw error("Trailing backslash");
    }
    char c = source.charAt(at + 1);
    if (!extended && basicOperator(c)) {
      return;
    }
    switch (c) {
      case 'w', 'W', 's', 'S' -> out.atom("\\" + c);
      case 'b', 'B' -> out.plain("\\" + c);
      case '<' -> out.plain("\\b(?=\\w)");
      case '>' -> out.plain("\\b(?<=\\w)");
      case '`' -> out.plain("\\A");
      case '\'' -> out.plain("\\z");
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        if (c - '0' > out.closedGroups()) {
          throw error("Invalid back reference");
        }
        out.atom("(?:\\" + c + ")");
      }
      default -> out.literal(c);
    }
    at += 2;
  }

  private boolean basicOperator(char c) throws MalformedExpression {
    switch (c) {
      case '(' -> out.open("(", true);
      case ')' -> {
        if (out.depth() == 0) {
          throw error("Unmatched ) or \\)");
        }
        out.close();
      }
      case '|' -> out.plain("|");
      case '+', '?' -> {
        if (!out.hasAtom()) {
          return false;
        }
        quantify(String.valueOf(c), 1);
      }
      case '{' -> {
        at += 2;
        interval("\\}");
        return true;
      }
      default -> {
        return false;
      }
    }
    at += 2;
    return true;
  }

  /** What is between braces: {@code 3}, {@code 3,}, {@code ,5} or {@code 3,5}. */
  private void interval(String close) throws MalformedExpression {
    if (!out.hasAtom()) {
      throw error("Invalid preceding regular expression");
    }
    int end = source.indexOf(close, at);
    if (end < 0) {
      throw error("Unmatched { or \\{");
    }
    String content = source.substring(at, end);
    int comma = content.indexOf(',');
    String low = comma < 0 ? content : content.substring(0, comma);
    String high = comma < 0 ? content : content.substring(comma + 1);
    int from = low.isEmpty() && comma >= 0 ? 0 : count(low);
    int to = high.isEmpty() && comma >= 0 ? Integer.MAX_VALUE : count(high);
    if (from > to) {
      throw error("Invalid content of \\{\\}");
    }
    boolean bounded = to < Integer.MAX_VALUE;
    String java = bounded ? "{%d,%d}".formatted(from, to) : "{%d,}".formatted(from);
    quantify(java, bounded ? to : from);
    at = end + close.length();
  }

  private int count(String digits) throws MalformedExpression {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw error("Invalid content of \\{\\}");
    }
    String significant = digits.replaceFirst("^0+(?=.)", "");
    int count = significant.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(significant);
    if (count > MOST_REPETITIONS) {
      throw error("Regular expression too big");
    }
    return count;
  }

  private MalformedExpression error(String message) {
    return new MalformedExpression(message, at);
  }
}
