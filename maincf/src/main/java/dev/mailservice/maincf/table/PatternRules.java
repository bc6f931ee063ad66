package dev.mailservice.maincf.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the rules of a {@code regexp:} or {@code pcre:} table. */
final class PatternRules {
  private static final String FORM = "want: /pattern/flags result, if /pattern/flags, or endif";

  private final RuleSyntax syntax;
  private final Findings findings;
  private final List<PatternTable.Rule> rules = new ArrayList<>();
  private final Deque<OpenIf> open = new ArrayDeque<>();

  private record OpenIf(int rule, TableLine line) {}

  /** An expression as it stands in a rule, before it is compiled. */
  private record Expression(boolean positive, String text, int start, String flags, int end) {}

  PatternRules(RuleSyntax syntax, Findings findings) {
    this.syntax = syntax;
    this.findings = findings;
  }

  List<PatternTable.Rule> read(List<TableLine> lines) {
    for (TableLine line : lines) {
      try {
        rule(line, TableLine.trimEnd(line.text()));
      } catch (MalformedExpression e) {
        findings.error(line.position(e.offset()), e.getMessage() + ": this rule is skipped");
      }
    }
    for (OpenIf block : open) {
      findings.warning(
          block.line().position(0), "IF has no matching ENDIF, it holds to the end of the table");
    }
    return rules;
  }

  private void rule(TableLine line, String text) throws MalformedExpression {
    if (!Directive.isAlphanumeric(text.charAt(0))) {
      rules.add(match(line, text));
    } else if (Directive.starts(text, "IF")) {
      rules.add(condition(line, text));
      open.push(new OpenIf(rules.size() - 1, line));
    } else if (Directive.starts(text, "ENDIF")) {
      if (open.isEmpty()) {
        throw new MalformedExpression("ENDIF without matching IF", 0);
      }
      if (TableLine.skipSpace(text, "ENDIF".length()) < text.length()) {
        findings.warning(line.position("ENDIF".length()), "extra text after ENDIF is ignored");
      }
      int opened = open.pop().rule();
      if (rules.get(opened) instanceof PatternTable.If(PatternTable.Condition condition, int end)
          && end > rules.size()) {
        rules.set(opened, new PatternTable.If(condition, rules.size()));
      }
    } else {
      throw new MalformedExpression("unrecognized request, " + FORM, 0);
    }
  }

  private PatternTable.If condition(TableLine line, String text) throws MalformedExpression {
    Expression expression = expression(text, TableLine.skipSpace(text, "IF".length()));
    int rest = TableLine.skipSpace(text, expression.end());
    if (rest < text.length()) {
      findings.warning(
          line.position(rest),
          "extra text after IF statement is ignored: \"%s\"; rules between IF and ENDIF must not"
                  .formatted(text.substring(rest))
              + " start with white space");
    }
    return new PatternTable.If(compiled(line, expression, false), Integer.MAX_VALUE);
  }

  private PatternTable.Match match(TableLine line, String text) throws MalformedExpression {
    Expression first = expression(text, 0);
    var expressions = new ArrayList<>(List.of(first));
    if (syntax.allowsSecondExpression() && text.startsWith("!", first.end())) {
      expressions.add(expression(text, first.end()));
    }
    int start = TableLine.skipSpace(text, expressions.getLast().end());
    if (start == text.length()) {
      findings.warning(
          line.position(start),
          "no replacement text: the result is empty, which no lookup accepts");
    }
    Replacement replacement;
    try {
      replacement = Replacement.parse(Bytes.of(text.substring(start)));
    } catch (MalformedExpression e) {
      throw new MalformedExpression(String.valueOf(e.getMessage()), start + e.offset());
    }
    int highest = replacement.highestGroup();
    if (highest > 0 && !first.positive()) {
      throw new MalformedExpression("$number found in negative match replacement text", start);
    }
    var conditions = new ArrayList<PatternTable.Condition>();
    for (Expression expression : expressions) {
      conditions.add(compiled(line, expression, highest > 0 && expression == first));
    }
    if (highest > conditions.getFirst().expression().groups()) {
      throw new MalformedExpression(
          "out of range replacement index \"%d\"".formatted(highest), start);
    }
    if (syntax == RuleSyntax.REGEXP && highest > 0 && Alternatives.mayOverlap(first.text())) {
      findings.warning(
          line.position(first.start()),
          "where several alternatives match, $number holds the first of them and not the longest");
    }
    return new PatternTable.Match(List.copyOf(conditions), replacement);
  }

  private PatternTable.Condition compiled(TableLine line, Expression expression, boolean captures)
      throws MalformedExpression {
    if (syntax == RuleSyntax.PCRE && expression.flags().indexOf('X') >= 0) {
      findings.warning(
          line.position(expression.end()), "the obsolete regexp option \"X\" is ignored");
    }
    try {
      RegularExpression compiled =
          syntax.compile(Bytes.of(expression.text()), expression.flags(), captures);
      return new PatternTable.Condition(
          compiled, expression.positive(), line.position(expression.start()).line());
    } catch (MalformedExpression e) {
      throw new MalformedExpression(
          "error in expression: " + e.getMessage(), expression.start() + e.offset());
    }
  }

  private Expression expression(String text, int from) throws MalformedExpression {
    Negation negation = Negation.skip(text, from);
    int open = negation.end();
    if (open == text.length()) {
      throw new MalformedExpression("no regexp, " + FORM, from);
    }
    char delimiter = text.charAt(open);
    int close = open + 1;
    while (close < text.length() && text.charAt(close) != delimiter) {
      close += text.charAt(close) == '\\' ? 2 : 1;
    }
    if (close >= text.length()) {
      throw new MalformedExpression(
          "no closing regexp delimiter \"%c\", %s".formatted(delimiter, FORM), open);
    }
    int end = close + 1;
    while (end < text.length() && isFlag(text.charAt(end))) {
      checkFlag(text.charAt(end), end);
      end++;
    }
    return new Expression(
        negation.positive(),
        text.substring(open + 1, close),
        open + 1,
        text.substring(close + 1, end),
        end);
  }

  private boolean isFlag(char c) {
    return !TableLine.isSpace(c) && !(syntax.allowsSecondExpression() && c == '!');
  }

  private void checkFlag(char flag, int at) throws MalformedExpression {
    if (!syntax.hasFlag(flag)) {
      throw new MalformedExpression("unknown regexp option \"%c\"".formatted(flag), at);
    }
  }
}
