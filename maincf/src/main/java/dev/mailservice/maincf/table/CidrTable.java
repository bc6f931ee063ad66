package dev.mailservice.maincf.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Blocks of addresses in order, the first that holds the address wins: {@code cidr:}. */
final class CidrTable implements LookupTable {
  private static final String FORM = "want: address or network/prefixlength, and a result";

  private final List<Rule> rules;

  private CidrTable(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param value what a match gives; null for a rule that opens a block
   * @param blockEnd the rule to go on with if a block's condition does not hold
   */
  private record Rule(CidrPattern pattern, boolean positive, @Nullable String value, int blockEnd) {
    boolean matches(HostAddress address) {
      return pattern.network().bits() == address.bits() && pattern.contains(address) == positive;
    }
  }

  static CidrTable ofLines(List<TableLine> lines, Findings findings) {
    var rules = new ArrayList<Rule>();
    Deque<TableLine> openLines = new ArrayDeque<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (TableLine line : lines) {
      try {
        if (Directive.starts(line.text(), "IF")) {
          rules.add(condition(line.text()));
          open.push(rules.size() - 1);
          openLines.push(line);
        } else if (Directive.starts(line.text(), "ENDIF")) {
          checkEnd(line.text(), open.isEmpty());
          int opened = open.pop();
          openLines.pop();
          Rule rule = rules.get(opened);
          rules.set(opened, new Rule(rule.pattern(), rule.positive(), rule.value(), rules.size()));
        } else {
          rules.add(match(line.text()));
        }
      } catch (IllegalArgumentException e) {
        findings.error(line.position(0), e.getMessage() + ": this rule is skipped");
      }
    }
    for (TableLine line : openLines) {
      findings.warning(
          line.position(0), "IF has no matching ENDIF, it holds to the end of the table");
    }
    return new CidrTable(rules);
  }

  private static Rule condition(String line) {
    Negation pattern = Negation.skip(line, "IF".length());
    String text = TableLine.trimEnd(line.substring(pattern.end()));
    if (text.isEmpty()) {
      throw new IllegalArgumentException("no address pattern, " + FORM);
    }
    return new Rule(CidrPattern.parse(text), pattern.positive(), null, Integer.MAX_VALUE);
  }

  private static void checkEnd(String line, boolean nothingOpen) {
    if (TableLine.skipSpace(line, "ENDIF".length()) < line.length()) {
      throw new IllegalArgumentException("garbage after ENDIF");
    }
    if (nothingOpen) {
      throw new IllegalArgumentException("ENDIF without IF");
    }
  }

  private static Rule match(String line) {
    Negation pattern = Negation.skip(line, 0);
    int end = pattern.end();
    while (end < line.length() && !TableLine.isSpace(line.charAt(end))) {
      end++;
    }
    if (end == pattern.end()) {
      throw new IllegalArgumentException("no address pattern, " + FORM);
    }
    CidrPattern cidr = CidrPattern.parse(line.substring(pattern.end(), end));
    String value = TableLine.trim(line.substring(end));
    if (value.isEmpty()) {
      throw new IllegalArgumentException("no lookup result, " + FORM);
    }
    return new Rule(cidr, pattern.positive(), value, 0);
  }

  @Override
  public Optional<String> lookup(String key) {
    return HostAddress.parse(key).flatMap(this::lookup);
  }

  private Optional<String> lookup(HostAddress address) {
    int at = 0;
    while (at < rules.size()) {
      Rule rule = rules.get(at);
      boolean matches = rule.matches(address);
      if (rule.value() != null && matches) {
        return Optional.of(rule.value());
      }
      at = rule.value() == null && !matches ? rule.blockEnd() : at + 1;
    }
    return Optional.empty();
  }

  @Override
  public Keys keys() {
    return Keys.PATTERN;
  }
}
