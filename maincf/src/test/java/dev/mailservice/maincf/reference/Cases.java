package dev.mailservice.maincf.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random {@code main.cf} files of the language's own pieces: mostly well-formed, sometimes not.
 * Every draw comes from the generator, so a seed says all.
 */
final class Cases {
  /** Parameters that Postfix knows, which hold any text and are empty where nobody sets them. */
  private static final List<String> KNOWN =
      List.of("relayhost", "luser_relay", "content_filter", "mailbox_command", "home_mailbox");

  /** Names of one's own: of a malformed parameter of its own postconf dies, asked or not. */
  private static final List<String> NAMES = List.of("a", "site", "b2", "long_name_1", "Case");

  private static final List<List<String>> STRESS =
      List.of(
          List.of(),
          List.of("stress="),
          List.of("stress=yes"),
          List.of("stress = 10"),
          List.of("stress=$$", "stress=no"));

  private static final List<String> WORDS =
      List.of(
          "",
          "a",
          "yes",
          "no",
          "10",
          "9",
          "007",
          "3.10",
          "3.9",
          "text",
          "a b",
          "$$",
          "é",
          "0",
          "9223372036854775807",
          "9223372036854775808",
          "-1",
          "#x",
          "{",
          "}",
          "(",
          ")",
          "=",
          ":",
          "?",
          "<",
          "x y  z");
  private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> NO_OPERATORS = List.of("=", "=~", "==x", "==level", "");
  private static final List<String> LEVELS = List.of("0", "2", "3.6", "3.10", "3.9.1", "+3");
  private static final List<String> SPACES = List.of("", "", "", " ", "  ", "\t");

  private final RandomGenerator random;
  private List<String> known = List.of();

  Cases(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A case about expansion: a value and what it may refer to.
   *
   * @param prefix of each name, so that several cases fit into one file
   */
  Case expression(String prefix) {
    var lines = new ArrayList<String>();
    boolean circles = random.nextInt(50) == 0;
    List<String> all = NAMES.stream().map(prefix::concat).toList();
    for (String name : all) {
      // Each name refers to those before it, so that there is seldom a circle: Postfix may die of
      // one.
      known = circles ? all : all.subList(0, all.indexOf(name));
      if (random.nextInt(4) > 0) {
        lines.add(name + " = " + value(1));
      }
    }
    known = all;
    String asked = prefix + "value";
    lines.add(asked + " = " + value(2));
    // Postfix prints a parameter of one's own where it is a restriction class.
    lines.add("smtpd_restriction_classes = " + asked);
    return new Case(lines, one(STRESS), asked);
  }

  /** A case about the file's format: lines that are continued, commented, blank, or wrong. */
  Case file() {
    var lines = new ArrayList<String>();
    int count = 1 + random.nextInt(8);
    for (int at = 0; at < count; at++) {
      lines.add(line());
    }
    String end = random.nextInt(3) == 0 ? "\r" : "";
    lines.replaceAll(line -> line + end);
    return new Case(lines, random.nextInt(5) == 0 ? List.of(option()) : List.of(), one(KNOWN));
  }

  private String line() {
    return switch (random.nextInt(16)) {
      case 0 -> "";
      case 1 -> one(SPACES) + "# comment = " + one(WORDS);
      case 2 -> one(SPACES) + one(SPACES);
      case 3, 4, 5 -> " " + one(SPACES) + text();
      case 6 -> random.nextInt(3) == 0 ? one(KNOWN) : "";
      case 7 ->
          one(
              List.of(
                  "",
                  " ",
                  "#",
                  "\f",
                  "=",
                  " = x",
                  "\f",
                  "\u000b x",
                  "a b = c",
                  "== x",
                  "name\f=\u000bx\f"));
      default -> one(KNOWN) + one(SPACES) + "=" + one(SPACES) + text() + one(SPACES);
    };
  }

  private String option() {
    String assignment = one(KNOWN) + one(SPACES) + "=" + one(SPACES) + text();
    // Where an option begins with a brace, master(8) and this library read it and postconf does
    // not.
    return (random.nextInt(5) == 0 ? text() : assignment)
        .replaceFirst("^\\s*\\{*", "")
        .replace("é", "e");
  }

  /** Text without references. */
  private String text() {
    return one(WORDS).replace("$", "") + one(SPACES) + one(WORDS).replace("$", "");
  }

  private String value(int depth) {
    var value = new StringBuilder();
    int count = 1 + random.nextInt(2);
    for (int at = 0; at < count; at++) {
      value.append(piece(depth));
    }
    if (random.nextInt(48) == 0 && !value.isEmpty()) {
      value.deleteCharAt(random.nextInt(value.length()));
    }
    if (random.nextInt(64) == 0) {
      value.insert(random.nextInt(value.length() + 1), one(List.of("$", "{", "}", "?", ":", "!")));
    }
    return value.toString().strip();
  }

  private String piece(int depth) {
    if (depth == 0) {
      return random.nextInt(3) == 0 ? "$" + name() : one(WORDS.subList(0, 17));
    }
    return switch (random.nextInt(12)) {
      case 0 -> one(random.nextInt(8) == 0 ? WORDS : WORDS.subList(0, 17));
      case 1 -> "$" + name();
      case 2 -> "$(" + space() + name() + space() + ")";
      case 3 -> "${" + space() + name() + space() + "}";
      case 4 -> "${" + name() + "?" + value(depth - 1) + "}";
      case 5 -> "${" + name() + ":" + value(depth - 1) + "}";
      case 6 -> "${" + name() + space() + "?" + braced(depth) + "}";
      case 7 -> "${" + name() + space() + "?" + braced(depth) + ":" + braced(depth) + "}";
      case 8 -> "$(" + name() + "?" + braced(depth) + ":" + value(depth - 1) + ")";
      case 9 -> "${" + comparison(depth) + "}";
      case 10 -> "${" + comparison(depth) + ":" + braced(depth) + "}";
      default -> "${" + comparison(depth) + "?" + braced(depth) + ":" + braced(depth) + "}";
    };
  }

  private String comparison(int depth) {
    return switch (random.nextInt(16)) {
      case 0 -> braced(depth) + one(NO_OPERATORS) + braced(depth);
      case 1, 2 ->
          "{%s}%s%slevel {%s}".formatted(one(LEVELS), space(), one(OPERATORS), one(LEVELS));
      default -> braced(depth) + one(OPERATORS) + braced(depth);
    };
  }

  private String braced(int depth) {
    return space() + "{" + value(depth - 1) + "}" + space();
  }

  private String name() {
    return random.nextInt(10) == 0
        ? one(List.of("nobody", "Stress", "a_1"))
        : known.isEmpty() || random.nextInt(3) == 0 ? "stress" : one(known);
  }

  private String space() {
    return one(SPACES);
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
