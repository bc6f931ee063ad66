package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.Tokens;
import dev.mailservice.maincf.table.PatternList.Network;
import dev.mailservice.maincf.table.PatternList.Pattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the words of a match list, and of the files that it names. */
final class PatternWords {
  private static final String V4_CHARACTERS = "0123456789.";
  private static final String V6_CHARACTERS = V4_CHARACTERS + "abcdef:";

  /** Files that name files; nobody needs more. */
  private static final int DEEPEST = 20;

  private final String parameter;
  private final Tables tables;
  private final Findings findings;
  private final List<Pattern> patterns = new ArrayList<>();
  private final Deque<String> files = new ArrayDeque<>();

  PatternWords(String parameter, Tables tables, Findings findings) {
    this.parameter = parameter;
    this.tables = tables;
    this.findings = findings;
  }

  List<Pattern> read(String value, Position at) {
    read(value, at, true);
    return patterns;
  }

  private void read(String value, Position at, boolean positive) {
    for (String word : Tokens.splitOutsideBraces(value)) {
      if (word.startsWith("#")) {
        findings.warning(
            at, "%s: comment at end of line is not supported: %s".formatted(parameter, word));
        return;
      }
      int marks = 0;
      while (marks < word.length() && word.charAt(marks) == '!') {
        marks++;
      }
      String item = word.substring(marks);
      boolean sense = positive == (marks % 2 == 0);
      if (item.isEmpty()) {
        findings.error(at, "%s: no pattern after '!'".formatted(parameter));
      } else if (item.startsWith("/")) {
        file(item, at, sense);
      } else if (!item.startsWith("[") && item.indexOf(':') >= 0) {
        table(item, at, sense);
      } else {
        patterns.add(new Pattern(sense, word(CaseFold.fold(item), at)));
      }
    }
  }

  private void file(String name, Position at, boolean positive) {
    String why;
    if (files.contains(name) || files.size() >= DEEPEST) {
      why = "it names itself, or files are nested too deeply";
    } else {
      files.push(name);
      try {
        lines(name, tables.source().read(name), positive);
        return;
      } catch (TableSource.Unreadable e) {
        why = e.reason();
      } finally {
        files.pop();
      }
    }
    String message = "%s: open file %s: %s".formatted(parameter, name, why);
    findings.error(at, message);
    patterns.add(new Pattern(positive, new PatternList.Table(FailingTable.because(message))));
  }

  private void lines(String name, String text, boolean positive) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.startsWith("#")) {
        read(line, new Position(name, number, 1), positive);
      }
    }
  }

  /** Tables are not told to fold: the key comes folded. */
  private void table(String item, Position at, boolean positive) {
    if (isOf(V6_CHARACTERS + "/", CaseFold.fold(item))) {
      findings.warning(
          at,
          "%s: \"%s\" is read as a table, want: an IPv6 address in brackets, [::1]/128"
              .formatted(parameter, item));
    }
    Loaded<LookupTable> opened = tables.open(item, at, Folding.NONE);
    opened.diagnostics().forEach(it -> findings.add(it, parameter));
    patterns.add(new Pattern(positive, new PatternList.Table(opened.value())));
  }

  private PatternList.Word word(String text, Position at) {
    boolean mayBeNetwork =
        (text.indexOf(':') >= 0 || text.indexOf('/') >= 0) && isOf(V6_CHARACTERS + "[]/", text);
    if (!mayBeNetwork) {
      return new PatternList.Word(text, new Network.None());
    }
    try {
      return new PatternList.Word(text, new Network.Block(CidrPattern.parse(text)));
    } catch (IllegalArgumentException e) {
      String message = "%s: %s".formatted(parameter, e.getMessage());
      findings.error(at, message);
      return new PatternList.Word(text, new Network.Broken(message));
    }
  }

  private static boolean isOf(String characters, String text) {
    return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
  }
}
