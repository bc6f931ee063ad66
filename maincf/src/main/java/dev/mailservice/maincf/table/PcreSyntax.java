package dev.mailservice.maincf.table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a Perl-compatible expression, as PCRE2 reads it byte by byte, in Java's syntax.
 *
 * <p>Both engines take the first alternative that leads to a match, so that they agree also on what
 * parentheses hold, but for a group with a bound that may be empty, <code>(a?|b){0,2}</code>: Java
 * does not enter it once more to match nothing. What Java has no counterpart of (recursion,
 * conditions, verbs, {@code \K}, branch reset, callouts) is an error and never something else than
 * it says.
 */
final class PcreSyntax {
  private static final Pattern QUANTIFIER = Pattern.compile("\\{([0-9]+)(?:(,)([0-9]*))?\\}");
  private static final Pattern NAMED_GROUP =
      Pattern.compile("\\(\\?(?:P?<([A-Za-z_]\\w*)>|'([A-Za-z_]\\w*)')");
  private static final Pattern NAMED_REFERENCE =
      Pattern.compile(
          "\\\\k(?:<(\\w+)>|\\{(\\w+)\\}|'(\\w+)')|\\\\g\\{([A-Za-z_]\\w*)\\}|\\(\\?P=(\\w+)\\)");
  private static final Pattern NUMBERED_REFERENCE =
      Pattern.compile("\\\\g(?:\\{(-?[0-9]{1,3})\\}|(-?[0-9]{1,3}))");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?([a-zA-Z]*)(-[a-zA-Z]*)?([:)])");
  private static final Pattern CATEGORY =
      Pattern.compile("\\\\[pP](?:\\{\\^?[A-Z][a-z]?\\}|[A-Z])");
  private static final int MOST_REPETITIONS = 65535;

  private final String source;
  private final PcreOptions options;
  private final ExpressionWriter out = new ExpressionWriter();
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final Map<String, Integer> names = new HashMap<>();
  private Scope scope;
  private int highestReference;
  private int at;

  /** The flags that a group may set for itself and that Java does not know. */
  private record Scope(boolean extended, boolean ungreedy) {}

  private PcreSyntax(String source, PcreOptions options) {
    this.source = source;
    this.options = options;
    this.scope = new Scope(options.extended(), options.ungreedy());
  }

  /**
   * @throws MalformedExpression if it does not compile or needs what Java's engine does not have
   */
  static String toJava(String source, PcreOptions options) throws MalformedExpression {
    return new PcreSyntax(source, options).translate();
  }

  private String translate() throws MalformedExpression {
    while (at < source.length()) {
      piece();
    }
    if (out.depth() > 0) {
      throw error("missing closing parenthesis");
    }
    if (highestReference > out.groups()) {
      throw error("reference to non-existent subpattern");
    }
    return out.text();
  }

  private void piece() throws MalformedExpression {
    char c = source.charAt(at);
    if (scope.extended() && (TableLine.isSpace(c) || c == '#')) {
      int newline = source.indexOf('\n', at);
      at = c != '#' ? at + 1 : newline < 0 ? source.length() : newline + 1;
      return;
    }
    switch (c) {
      case '\\' -> escape();
      case '[' -> {
        var brackets = new PcreBrackets(source, options.ignoreCase());
        out.atom(brackets.read(at, end -> at = end));
      }
      case '(' -> open();
      case ')' -> {
        if (out.depth() == 0) {
          throw error("unmatched closing parenthesis");
        }
        out.close();
        scope = scopes.pop();
        at++;
      }
      case '|' -> {
        out.plain("|");
        at++;
      }
      case '.' -> {
        out.atom(".");
        at++;
      }
      case '^' -> {
        out.atom("^");
        at++;
      }
      case '$' -> {
        out.atom(options.dollarEndOnly() && !options.multiline() ? "\\z" : "$");
        at++;
      }
      case '*', '+', '?' -> {
        at++;
        quantify(String.valueOf(c), 1);
      }
      case '{' -> brace();
      default -> {
        out.literal(c);
        at++;
      }
    }
  }

  private void brace() throws MalformedExpression {
    Matcher matcher = QUANTIFIER.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      out.literal('{');
      at++;
      return;
    }
    int from = count(matcher.group(1));
    boolean bounded = matcher.group(2) == null || !matcher.group(3).isEmpty();
    int to = matcher.group(2) == null ? from : bounded ? count(matcher.group(3)) : from;
    if (to < from) {
      throw error("numbers out of order in {} quantifier");
    }
    at = matcher.end();
    quantify(bounded ? "{%d,%d}".formatted(from, to) : "{%d,}".formatted(from), to);
  }

  private int count(String digits) throws MalformedExpression {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    int count = significant.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(significant);
    if (count > MOST_REPETITIONS) {
      throw error("number too big in {} quantifier");
    }
    return count;
  }

  /** A quantifier and what follows it: {@code ?} for as little, {@code +} for all or nothing. */
  private void quantify(String quantifier, int times) throws MalformedExpression {
    if (!out.hasAtom()) {
      throw error("quantifier does not follow a repeatable item");
    }
    char next = at < source.length() ? source.charAt(at) : ' ';
    String manner;
    if (next == '+') {
      manner = "+";
    } else {
      manner = (next == '?') != scope.ungreedy() ? "?" : "";
    }
    if (next == '+' || next == '?') {
      at++;
    }
    out.quantify(quantifier + manner, times, at);
  }

  private void open() throws MalformedExpression {
    if (source.startsWith("(*", at)) {
      throw error("verbs such as (*PRUNE) are not supported here");
    }
    if (!source.startsWith("(?", at)) {
      enter("(", true, 1);
      return;
    }
    String rest = source.substring(at + 2, Math.min(at + 4, source.length()));
    if (rest.startsWith("#")) {
      int close = source.indexOf(')', at);
      if (close < 0) {
        throw error("missing ) after (?# comment");
      }
      at = close + 1;
    } else if (rest.startsWith("<=") || rest.startsWith("<!")) {
      enter("(?" + rest, false, 4);
    } else if (rest.startsWith("=") || rest.startsWith("!") || rest.startsWith(">")) {
      enter("(?" + rest.charAt(0), false, 3);
    } else if (!namedGroup() && !namedReference() && !flags()) {
      throw error("unrecognized character after (? or (?-, or not supported here");
    }
  }

  private void enter(String java, boolean capturing, int length) {
    scopes.push(scope);
    out.open(java, capturing);
    at += length;
  }

  private boolean namedGroup() throws MalformedExpression {
    Matcher matcher = NAMED_GROUP.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    if (names.putIfAbsent(name, out.groups() + 1) != null) {
      throw error("two named subpatterns have the same name");
    }
    enter("(", true, matcher.end() - at);
    return true;
  }

  private boolean namedReference() throws MalformedExpression {
    Matcher matcher = NAMED_REFERENCE.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        Integer number = names.get(matcher.group(group));
        if (number == null) {
          throw error("reference to a named subpattern that is not before it");
        }
        out.atom("(?:\\" + number + ")");
      }
    }
    at = matcher.end();
    return true;
  }

  private boolean flags() {
    Matcher matcher = FLAGS.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    String on = matcher.group(1);
    String off = matcher.group(2) == null ? "" : matcher.group(2).substring(1);
    if (!(on + off).matches("[imsxU]*")) {
      return false;
    }
    var changed =
        new Scope(
            on.contains("x") || scope.extended() && !off.contains("x"),
            on.contains("U") || scope.ungreedy() && !off.contains("U"));
    String onJava = on.replaceAll("[xU]", "");
    String offJava = off.replaceAll("[xU]", "");
    String java = onJava + (offJava.isEmpty() ? "" : "-" + offJava);
    int length = matcher.end() - at;
    if (matcher.group(3).equals(":")) {
      enter("(?" + java + ":", false, length);
    } else {
      if (!java.isEmpty()) {
        out.plain("(?" + java + ")");
      }
      at += length;
    }
    scope = changed;
    return true;
  }

  private void escape() throws MalformedExpression {
    if (at + 1 == source.length()) {
      throw error("\\ at end of pattern");
    }
    char c = source.charAt(at + 1);
    switch (c) {
      case 'd', 'D', 'w', 'W', 's', 'S', 'h', 'H', 'v', 'V', 'R', 'b', 'B', 'A', 'Z', 'z', 'G' -> {
        out.atom("\\" + c);
        at += 2;
      }
      case 'N' -> {
        out.atom("[^\\n]");
        at += 2;
      }
      case 'Q' -> literally();
      case 'E' -> at += 2;
      case 'p', 'P' -> category();
      case 'g', 'k' -> reference();
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> digits();
      default -> {
        var escape = CharacterEscape.read(source, at);
        out.literal(escape.character());
        at = escape.end();
      }
    }
  }

  private void literally() {
    int end = source.indexOf("\\E", at + 2);
    int stop = end < 0 ? source.length() : end;
    for (int i = at + 2; i < stop; i++) {
      out.literal(source.charAt(i));
    }
    at = end < 0 ? stop : end + 2;
  }

  private void category() throws MalformedExpression {
    Matcher matcher = CATEGORY.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      throw error("only general categories such as \\p{Lu} are supported here");
    }
    String text = matcher.group();
    boolean negated = text.contains("^");
    char letter = (text.charAt(1) == 'P') != negated ? 'P' : 'p';
    out.atom("\\" + letter + text.substring(2).replace("^", ""));
    at = matcher.end();
  }

  private void reference() throws MalformedExpression {
    Matcher matcher = NUMBERED_REFERENCE.matcher(source).region(at, source.length());
    if (matcher.lookingAt()) {
      int number = Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
      refer(number < 0 ? out.groups() + 1 + number : number);
      at = matcher.end();
    } else if (!namedReference()) {
      throw error("\\g or \\k is not followed by a name or a number that is supported here");
    }
  }

  private void digits() throws MalformedExpression {
    int end = at + 1;
    while (end < source.length() && end < at + 4 && Character.isDigit(source.charAt(end))) {
      end++;
    }
    int number = Integer.parseInt(source, at + 1, end, 10);
    if (number < 10 || number <= out.groups()) {
      refer(number);
      at = end;
      return;
    }
    var escape = CharacterEscape.octal(source, at, at + 1);
    out.literal(escape.character());
    at = escape.end();
  }

  private void refer(int group) throws MalformedExpression {
    if (group < 1) {
      throw error("reference to non-existent subpattern");
    }
    highestReference = Math.max(highestReference, group);
    out.atom("(?:\\" + group + ")");
  }

  private MalformedExpression error(String message) {
    return new MalformedExpression(message, at);
  }
}
