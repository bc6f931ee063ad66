package dev.mailservice.maincf;

import java.util.ArrayList;
import java.util.List;

/**
 * One logical line of a file: a physical line and its continuations, joined as Postfix's readllines
 * joins them, which remembers where each character came from.
 */
final class LogicalLine {
  private final String source;
  private final StringBuilder joined = new StringBuilder();
  private final List<Segment> segments = new ArrayList<>();

  private record Segment(int offset, int line) {}

  private LogicalLine(String source) {
    this.source = source;
  }

  /** A line that stands alone, as an {@code -o} override or a default does. */
  static LogicalLine of(String text) {
    var line = new LogicalLine("");
    line.append(text, 0);
    return line;
  }

  /**
   * Splits a file's text. Comments and blank lines are left out, also between a line and its
   * continuation; a file's first logical line that starts with white space comes with that white
   * space, so that the caller can tell.
   */
  static List<LogicalLine> split(String source, String file) {
    var lines = new ArrayList<LogicalLine>();
    int number = 0;
    for (String physical : file.split("\n", -1)) {
      number++;
      String stripped = stripSpace(physical);
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      if (!isSpace(physical.charAt(0)) || lines.isEmpty()) {
        lines.add(new LogicalLine(source));
      }
      lines.getLast().append(physical, number);
    }
    return lines;
  }

  private void append(String physical, int number) {
    segments.add(new Segment(joined.length(), number));
    joined.append(physical);
  }

  String text() {
    return joined.toString();
  }

  /** The offsets in {@link #text()} at which a continuation begins. */
  List<Integer> continuations() {
    return segments.stream().skip(1).map(Segment::offset).toList();
  }

  /** Where the character at this offset of {@link #text()} stands in the file. */
  Position position(int offset) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (segments.get(middle).offset() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Segment last = segments.get(low);
    return new Position(source, last.line(), last.line() == 0 ? 0 : offset - last.offset() + 1);
  }

  /** What C's isspace(3) holds for space; Java's notion is wider. */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static String stripSpace(String s) {
    int from = skipSpace(s, 0);
    int to = s.length();
    while (to > from && isSpace(s.charAt(to - 1))) {
      to--;
    }
    return s.substring(from, to);
  }

  /** The first offset at or after {@code from} that holds no space, or the length of the text. */
  static int skipSpace(String s, int from) {
    int at = from;
    while (at < s.length() && isSpace(s.charAt(at))) {
      at++;
    }
    return at;
  }
}
