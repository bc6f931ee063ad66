package dev.mailservice.maincf.table;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a rule, in which {@code $1}, {@code ${2}} and {@code $(3)} stand for what
 * parentheses held and {@code $$} for a dollar sign. Follows Postfix's mac_parse.
 *
 * @param parts in order
 */
record Replacement(List<Part> parts) {
  Replacement {
    parts = List.copyOf(parts);
  }

  sealed interface Part {}

  record Text(String text) implements Part {}

  record Group(int number) implements Part {}

  /**
   * @throws MalformedExpression if a reference is no number from 1 on
   */
  static Replacement parse(String text) throws MalformedExpression {
    var parts = new ArrayList<Part>();
    var literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (text.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else {
        parts.add(new Text(literal.toString()));
        literal.setLength(0);
        int end = referenceEnd(text, at);
        parts.add(new Group(number(text, at, end)));
        at = end;
      }
    }
    parts.add(new Text(literal.toString()));
    return new Replacement(parts);
  }

  private static int referenceEnd(String text, int dollar) throws MalformedExpression {
    char open = dollar + 1 < text.length() ? text.charAt(dollar + 1) : ' ';
    if (open != '{' && open != '(') {
      int end = dollar + 1;
      while (end < text.length() && isNameCharacter(text.charAt(end))) {
        end++;
      }
      return end;
    }
    char close = open == '{' ? '}' : ')';
    int depth = 0;
    for (int i = dollar + 1; i < text.length(); i++) {
      if (text.charAt(i) == open) {
        depth++;
      } else if (text.charAt(i) == close && --depth == 0) {
        return i + 1;
      }
    }
    throw new MalformedExpression("truncated macro reference: \"%s\"".formatted(text), dollar);
  }

  private static boolean isNameCharacter(char c) {
    return Directive.isAlphanumeric(c) || c == '_';
  }

  private static int number(String text, int dollar, int end) throws MalformedExpression {
    String name = text.substring(dollar + 1, end);
    if (name.startsWith("{") || name.startsWith("(")) {
      name = name.substring(1, name.length() - 1);
    }
    if (name.isEmpty()) {
      throw new MalformedExpression("empty macro name: \"%s\"".formatted(text), dollar);
    }
    if (!name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedExpression("non-numeric replacement index \"%s\"".formatted(name), dollar);
    }
    String significant = name.replaceFirst("^0+(?=.)", "");
    int number = significant.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(significant);
    if (number < 1) {
      throw new MalformedExpression(
          "out of range replacement index \"%s\"".formatted(name), dollar);
    }
    return number;
  }

  /** The highest group it refers to; 0 if it refers to none. */
  int highestGroup() {
    return parts.stream()
        .mapToInt(part -> part instanceof Group(int number) ? number : 0)
        .max()
        .orElse(0);
  }

  /** The result for what the groups held, the whole match first. */
  String with(List<String> captures) {
    var out = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text(String text) -> out.append(text);
        case Group(int number) -> out.append(captures.get(number));
      }
    }
    return out.toString();
  }
}
