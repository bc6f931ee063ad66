package dev.mailservice.maincf.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes up tables, and keys that have a chance to be in them. */
final class RandomTables {
  private static final String LETTERS = "abAB.@1-";

  private final RandomGenerator random;

  RandomTables(RandomGenerator random) {
    this.random = random;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String many(int from, int to, String separator, Supplier<String> part) {
    var parts = new ArrayList<String>();
    int count = random.nextInt(from, to + 1);
    for (int i = 0; i < count; i++) {
      parts.add(part.get());
    }
    return String.join(separator, parts);
  }

  String word() {
    return many(1, 6, "", () -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))));
  }

  List<String> words(int count) {
    var words = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      words.add(word());
    }
    return words;
  }

  String textTable() {
    return many(0, 15, "\n", this::textLine) + one("\n", "");
  }

  private String textLine() {
    return one("", "", "", "", "", "# ", " ")
        + one(
            word(), word(), word(), "a", "b", "É" + word(), "\"" + word() + " x\"", "\"a", "a\\ b")
        + one(" ", "\t", "  ", " ", " ", "\n  ", "\n# c\n ", "\n\n\t", "")
        + one(word(), word(), "", "a b  c ", "x\r", "ü");
  }

  String inline() {
    return "{" + one("", " ", ", ") + many(1, 6, ", ", this::inlineEntry) + one("", " ", ",") + "}";
  }

  private String inlineEntry() {
    String key = one("a", "b", "A.b", "c@d", word());
    return one(
        key + "=" + one("x", "y", "p,q").replace(",", one("", "z")),
        "{" + key + "=" + one("x y", "p, q", "v ") + "}",
        "{ " + key + " = " + one("x", "{z}", "1=2") + " }");
  }

  String v4() {
    return many(4, 4, ".", () -> one("0", "1", "10", "127", "128", "255", "192"));
  }

  String v6() {
    return one(
        many(8, 8, ":", this::group),
        many(1, 4, ":", this::group) + "::" + many(0, 3, ":", this::group),
        "::" + many(0, 7, ":", this::group),
        "::ffff:" + v4(),
        many(0, 6, ":", this::group) + "::");
  }

  private String group() {
    return one("0", "1", "db8", "2001", "ffff", "0db8", "A", "fe80", "8000");
  }

  String address() {
    return chance(50) ? v4() : v6();
  }

  List<String> addresses(int count) {
    var addresses = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      addresses.add(
          chance(5)
              ? one("", "1.2.3", "01.2.3.4", "1.2.3.4.5", "::1::", ":1", "a", "1:2")
              : address());
    }
    return addresses;
  }

  String cidrTable() {
    return many(1, 15, "\n", this::cidrLine) + "\n";
  }

  private String cidrLine() {
    String pattern = cidrPattern();
    return switch (random.nextInt(10)) {
      case 0 -> one("if ", "IF", "If !", "if  ! !") + pattern;
      case 1 -> one("endif", "ENDIF", "endif ", "endif x");
      case 2 -> "!" + pattern + " " + word();
      default -> pattern + one(" ", "\t", "  ") + one(word(), word(), word(), "");
    };
  }

  private String cidrPattern() {
    return switch (random.nextInt(8)) {
      case 0 -> v4();
      case 1 -> v6();
      case 2 -> "[" + v6() + "]";
      case 3 -> "[" + v6() + "]/" + random.nextInt(130);
      case 4 -> "[" + v4() + "/32]" + one("", "x");
      case 5 -> one("0.0.0.0/0", "::/0", "10.0.0.0/8", "192.0.0.0/3", "128.0.0.0/1", "2001::/16");
      case 6 -> one("2001:db8::/32", "fe80::/10", "8000::/1", "127.0.0.0/07", "1.0.0.0/", "/8");
      default -> one("10.128.0.0/9", "::ffff:0:0/96", "127.0.0.0/8", "255.255.255.255/32");
    };
  }

  /** A table of expressions. */
  String ruleTable(boolean posix) {
    return many(1, 6, "\n", () -> ruleLine(posix)) + "\n";
  }

  private String ruleLine(boolean posix) {
    return switch (random.nextInt(12)) {
      case 0 -> one("if ", "IF", "if !", "if ! !") + expression(posix, false) + one("", "", " x");
      case 1 -> one("endif", "ENDIF", "endif ", "endif x");
      case 2 -> "!" + expression(posix, false) + " " + word();
      case 3 ->
          one(
              "/a",
              "x y",
              "!",
              "/a/q x",
              "/a/ $2",
              "/(a)/ $x",
              "!/(a)/ $1",
              "/a/ ${1",
              "/*a/ x",
              "/(a/ x",
              "/[a/ x",
              "/a{2,1}/ x",
              "/a/");
      case 4 ->
          posix
              ? "/" + body(true, 2) + "/" + flags(true) + "!/" + body(true, 1) + "/ " + word()
              : expression(false, false) + " " + word();
      default -> capturing(posix);
    };
  }

  private String capturing(boolean posix) {
    String expression = expression(posix, true);
    String result =
        one(
            "$1",
            "<${1}>",
            "$(1)-$1",
            "$$1",
            "x",
            "x$1y".replace("$1y", "$(1)y"),
            "a $1 b",
            "none");
    return expression + " " + result;
  }

  private String expression(boolean posix, boolean captures) {
    String delimiter = one("/", "/", "/", "!!", "%").substring(0, 1).replace("!", "/");
    String body =
        captures && posix
            ? one("", "^") + simple() + "(" + simple() + ")" + simple() + one("", "$")
            : captures
                ? body(false, 2) + "(" + body(false, 1) + ")" + one("", "$")
                : body(posix, 3);
    String flags = flags(posix);
    if (posix && flags.equals("x") && chance(60)) {
      body = body.replaceAll("([(){}|+?])", "\\\\$1");
    }
    return delimiter + body + delimiter + flags;
  }

  private String flags(boolean posix) {
    return posix
        ? one("", "", "", "i", "ii", "m", "x", "x")
        : one("", "", "", "i", "m", "s", "A", "E", "U", "x", "ix");
  }

  /** Without alternatives, so that POSIX and Perl must agree on what parentheses hold. */
  private String simple() {
    return many(0, 3, "", () -> atom(true) + one("", "", "", "*", "+", "?"));
  }

  private String body(boolean posix, int depth) {
    return many(1, 3, chance(30) ? "|" : "", () -> piece(posix, depth));
  }

  /**
   * Left out, because the engines differ where hardly anybody writes such a thing: a group that may
   * be empty and has a bound (which iteration its parentheses hold), an anchor within a repeated
   * group (glibc forgets it in the copies that it makes of the group), and a look ahead that names
   * a character or is repeated (PCRE2 then wants the character twice).
   */
  private String piece(boolean posix, int depth) {
    boolean group = depth > 0 && chance(25);
    String atom = group ? "(" + body(posix, depth - 1) + ")" : atom(posix);
    boolean anchors = atom.matches(".*[\\^$\\\\].*");
    String anchor = chance(8) ? one("^", "$", "\\b") : "";
    String quantifier =
        posix
            ? one("", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "{,2}", "+?")
            : one("", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "??", "*+");
    boolean differs =
        atom.startsWith("(?=")
            || atom.startsWith("(?!")
            || group && (posix ? anchors : quantifier.startsWith("{"));
    return anchor + atom + (differs ? "" : quantifier);
  }

  private String atom(boolean posix) {
    return switch (random.nextInt(10)) {
      case 0 -> ".";
      case 1 -> one("[ab]", "[^a]", "[a-b1]", "[]a]", "[^]b]", "[a.-]", "[b-]", "[&&a]", "[a[b]");
      case 2 -> one("[[:alpha:]]", "[^[:digit:]]", "[[:upper:]]", "[[:alnum:].]", "[[:punct:]-]");
      case 3 -> one("\\w", "\\W", "\\.", "\\@", "\\-", "@");
      case 4 ->
          posix
              ? one("\\w", "a")
              : one(
                  "\\d",
                  "\\D",
                  "\\s",
                  "(?:ab|a)",
                  "(?=.)",
                  "(?!b)",
                  "\\x61",
                  "(?i:a)",
                  "(?<=a)b",
                  "[\\d-]",
                  "[^\\W1]");
      default -> one("a", "b", "A", "B", "1", "\\.", "@", "é");
    };
  }
}
