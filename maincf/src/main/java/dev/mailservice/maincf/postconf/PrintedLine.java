package dev.mailservice.maincf.postconf;

import java.util.StringTokenizer;

/** White space as postconf(1) prints it: one space between words, and none at either end. */
final class PrintedLine {
  private static final String SEPARATORS = " \t\r\n";

  /** Where a folded line ends at the latest, if its words allow. */
  private static final int LINE_LIMIT = 80;

  private static final String INDENT = "    ";

  private PrintedLine() {}

  static String of(String text, boolean fold) {
    var out = new StringBuilder();
    int length = 0;
    var words = new StringTokenizer(text, SEPARATORS);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (length > 0 && fold && length + word.length() >= LINE_LIMIT) {
        out.append('\n').append(INDENT);
        length = INDENT.length();
      } else if (length > 0) {
        out.append(' ');
        length++;
      }
      out.append(word);
      length += word.length();
    }
    return out.toString();
  }
}
