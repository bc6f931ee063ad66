package dev.mailservice.smtpd.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a command line. Quoted and bracketed text is one word with its white space, and {@code
 * FROM:} and {@code TO:} end a word, so that an address may follow with or without a blank.
 *
 * @param text as the client wrote it
 * @param complete whether each quote and bracket in it is closed
 */
record Token(String text, boolean complete) {
  /** The words of a line; none if there is only white space. */
  static List<Token> of(String line) {
    var tokens = new ArrayList<Token>();
    var reader = new Reader(line);
    for (Token token = reader.next(); !token.text().isEmpty(); token = reader.next()) {
      tokens.add(token);
    }
    return tokens;
  }

  private static final class Reader {
    private final String line;
    private int at;

    Reader(String line) {
      this.line = line;
    }

    Token next() {
      var text = new StringBuilder();
      boolean complete = true;
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (Characters.isSpace(c)) {
          if (!text.isEmpty()) {
            break;
          }
        } else if (c == '<' || c == '"') {
          text.append(c);
          complete &= quoted(text, c == '<' ? '>' : '"');
        } else {
          text.append(c);
          if (c == '\\' && at < line.length()) {
            text.append(line.charAt(at++));
          } else if (c == ':' && isPathKeyword(text)) {
            break;
          }
        }
      }
      return new Token(text.toString(), complete);
    }

    private static boolean isPathKeyword(StringBuilder text) {
      return "from:".contentEquals(text.toString().toLowerCase(java.util.Locale.ROOT))
          || "to:".contentEquals(text.toString().toLowerCase(java.util.Locale.ROOT));
    }

    /** Takes all up to the closing character; within it quotes and further brackets nest. */
    private boolean quoted(StringBuilder text, char last) {
      var wanted = new StringBuilder().append(last);
      while (at < line.length()) {
        char c = line.charAt(at++);
        text.append(c);
        char close = wanted.charAt(wanted.length() - 1);
        if (c == '\\') {
          if (at == line.length()) {
            return false;
          }
          text.append(line.charAt(at++));
        } else if (c == close) {
          wanted.setLength(wanted.length() - 1);
          if (wanted.isEmpty()) {
            return true;
          }
        } else if (c == '"') {
          wanted.append('"');
        } else if (c == '<' && close == '>') {
          wanted.append('>');
        }
      }
      return false;
    }
  }
}
