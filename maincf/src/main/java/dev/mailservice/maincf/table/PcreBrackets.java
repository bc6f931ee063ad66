package dev.mailservice.maincf.table;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A character class of PCRE, {@code [^[:alpha:]\d_-]}, in Java's syntax. */
final class PcreBrackets {
  private final String source;
  private final boolean ignoreCase;
  private final StringBuilder out = new StringBuilder("[");
  private int at;
  private int start;

  PcreBrackets(String source, boolean ignoreCase) {
    this.source = source;
    this.ignoreCase = ignoreCase;
  }

  /**
   * @param from where the bracket opens
   * @param end is told where to go on
   */
  String read(int from, IntConsumer end) throws MalformedExpression {
    start = from;
    at = from + 1;
    if (peek() == '^') {
      out.append('^');
      at++;
    }
    boolean first = true;
    boolean any = false;
    while (first || peek() != ']') {
      if (skipQuotes()) {
        continue;
      }
      item();
      first = false;
      any = true;
    }
    if (!any) {
      throw error("empty character class");
    }
    end.accept(at + 1);
    return out.append(']').toString();
  }

  private char peek() throws MalformedExpression {
    if (at >= source.length()) {
      throw error("missing terminating ] for character class");
    }
    return source.charAt(at);
  }

  /** Text between \Q and \E stands for itself. */
  private boolean skipQuotes() {
    if (source.startsWith("\\E", at)) {
      at += 2;
      return true;
    }
    if (!source.startsWith("\\Q", at)) {
      return false;
    }
    int end = source.indexOf("\\E", at + 2);
    int stop = end < 0 ? source.length() : end;
    for (int i = at + 2; i < stop; i++) {
      out.append(ExpressionWriter.quote(source.charAt(i)));
    }
    at = end < 0 ? stop : end + 2;
    return true;
  }

  private void item() throws MalformedExpression {
    Character low = member();
    boolean hyphen =
        at + 1 < source.length() && source.charAt(at) == '-' && source.charAt(at + 1) != ']';
    if (low == null) {
      if (hyphen) {
        throw error("invalid range in character class");
      }
      return;
    }
    if (!hyphen) {
      out.append(ExpressionWriter.quote(low));
      return;
    }
    at++;
    int written = out.length();
    Character high = member();
    if (high == null || out.length() > written) {
      throw error("invalid range in character class");
    }
    if (high < low) {
      throw error("range out of order in character class");
    }
    out.append(ExpressionWriter.quote(low)).append('-').append(ExpressionWriter.quote(high));
  }

  /** A single character, which is not written yet; or a class, which is, and null. */
  private @Nullable Character member() throws MalformedExpression {
    char c = peek();
    if (c == '[' && namedClass()) {
      return null;
    }
    if (c != '\\') {
      at++;
      return c;
    }
    if (at + 1 >= source.length()) {
      throw error("\\ at end of pattern");
    }
    char escaped = source.charAt(at + 1);
    switch (escaped) {
      case 'd', 'D', 'w', 'W', 's', 'S', 'h', 'H', 'v', 'V' -> {
        out.append('\\').append(escaped);
        at += 2;
        return null;
      }
      case 'b' -> {
        at += 2;
        return '\b';
      }
      default -> {
        var escape =
            escaped >= '1' && escaped <= '7'
                ? CharacterEscape.octal(source, at, at + 1)
                : CharacterEscape.read(source, at);
        at = escape.end();
        return escape.character();
      }
    }
  }

  private boolean namedClass() throws MalformedExpression {
    if (!source.startsWith("[:", at)) {
      if (source.startsWith("[.", at) && source.indexOf(".]", at) > 0
          || source.startsWith("[=", at) && source.indexOf("=]", at) > 0) {
        throw error("POSIX collating elements are not supported");
      }
      return false;
    }
    int close = source.indexOf(":]", at + 2);
    if (close < 0 || !source.substring(at + 2, close).matches("\\^?[a-z]+")) {
      return false;
    }
    String name = source.substring(at + 2, close);
    boolean negated = name.startsWith("^");
    String java = classOf(negated ? name.substring(1) : name);
    out.append(negated ? "[^" + java + "]" : java);
    at = close + 2;
    return true;
  }

  private String classOf(String name) throws MalformedExpression {
    return switch (name) {
      case "word" -> "\\w";
      case "ascii" -> "\\p{ASCII}";
      default -> {
        try {
          yield PosixBrackets.javaClass(name, ignoreCase);
        } catch (MalformedExpression e) {
          throw error("unknown POSIX class name");
        }
      }
    };
  }

  private MalformedExpression error(String message) {
    return new MalformedExpression(message, Math.min(Math.max(at, start), source.length()));
  }
}
