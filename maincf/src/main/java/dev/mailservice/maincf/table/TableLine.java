package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Position;
import java.util.ArrayList;
import java.util.List;

/** One logical line of a table's file, which remembers where each character stood. */
final class TableLine {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder joined = new StringBuilder();
  private final List<Segment> segments = new ArrayList<>();
  private final Position origin;

  private record Segment(int offset, int line) {}

  private TableLine(Position origin) {
    this.origin = origin;
  }

  /** The lines of a file. */
  static List<TableLine> ofFile(String source, String text, Findings findings) {
    return read(new Position(source, 0, 0), text, true, findings);
  }

  /** The rules of a table that stands within a parameter's value, at this place. */
  static List<TableLine> ofRules(Position at, List<String> rules, Findings findings) {
    return read(at, String.join("\n", rules), false, findings);
  }

  /**
   * As Postfix's readllines: a line that starts with white space continues the one before; comments
   * and blank lines may stand between; a first line with white space has nothing to continue.
   */
  private static List<TableLine> read(
      Position origin, String text, boolean numbered, Findings findings) {
    var lines = new ArrayList<TableLine>();
    int number = 0;
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? text.length() : newline;
      number++;
      int first = skipSpace(text, from, to);
      if (first < to && text.charAt(first) != '#') {
        if (first == from || lines.isEmpty()) {
          lines.add(new TableLine(origin));
        }
        lines
            .getLast()
            .segments
            .add(new Segment(lines.getLast().joined.length(), numbered ? number : 0));
        lines.getLast().joined.append(text, from, to);
      }
      from = to + 1;
    }
    lines.removeIf(line -> !line.isUsable(findings));
    return lines;
  }

  private boolean isUsable(Findings findings) {
    if (isSpace(joined.charAt(0))) {
      findings.error(
          position(0),
          "logical line must not start with whitespace: \"%s\", this line is skipped"
              .formatted(beginning()));
      return false;
    }
    int bad = joined.indexOf(String.valueOf(REPLACEMENT));
    if (bad >= 0) {
      findings.error(
          position(bad), "non-UTF-8 input \"%s\", this line is skipped".formatted(beginning()));
      return false;
    }
    return true;
  }

  private String beginning() {
    return joined.length() > 30 ? joined.substring(0, 30) + "..." : joined.toString();
  }

  String text() {
    return joined.toString();
  }

  /** Where the character at this offset stands in the file, or where the parameter stands. */
  Position position(int offset) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).offset() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Segment segment = segments.get(low);
    return segment.line() == 0
        ? origin
        : new Position(origin.source(), segment.line(), offset - segment.offset() + 1);
  }

  /** What C's isspace(3) holds for space. */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static int skipSpace(String text, int from) {
    return skipSpace(text, from, text.length());
  }

  private static int skipSpace(String text, int from, int to) {
    int at = from;
    while (at < to && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static String trimEnd(String text) {
    int to = text.length();
    while (to > 0 && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  static String trim(String text) {
    String trimmed = trimEnd(text);
    return trimmed.substring(skipSpace(trimmed, 0));
  }
}
