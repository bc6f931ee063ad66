package dev.mailservice.maincf.reference;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * What both sides are asked: a {@code main.cf}, options, and a parameter whose expanded value is
 * wanted.
 *
 * @param lines physical lines of the file, without the newline
 * @param options what follows each {@code -o}
 * @param asked the parameter's name
 */
record Case(List<String> lines, List<String> options, String asked) {
  private static final String CLASSES = "smtpd_restriction_classes = ";

  String file() {
    return String.join("\n", lines) + "\n";
  }

  /** Whether it is about a value, and not about the file's format. */
  boolean isExpression() {
    return lines.stream().anyMatch(it -> it.startsWith(CLASSES));
  }

  /** Every case that is this one with something left out, the largest parts first. */
  List<Case> smaller() {
    var smaller = new ArrayList<Case>();
    for (int at = 0; at < options.size(); at++) {
      smaller.add(new Case(lines, without(options, at), asked));
    }
    int all = isExpression() ? lines.size() - 1 : lines.size();
    for (int at = 0; at < all; at++) {
      smaller.add(new Case(without(lines, at), options, asked));
    }
    for (int at = 0; at < all; at++) {
      String line = lines.get(at);
      for (int length = line.length() / 2; length > 0; length /= 2) {
        for (int from = 0; from + length <= line.length(); from += length) {
          var changed = new ArrayList<>(lines);
          changed.set(at, line.substring(0, from) + line.substring(from + length));
          smaller.add(new Case(changed, options, asked));
        }
      }
    }
    return smaller;
  }

  /**
   * Several cases as one file, each of whose own names differ from the others'.
   *
   * @param cases with the same options
   */
  static String file(List<Case> cases) {
    String classes = cases.stream().map(Case::asked).collect(joining(", ", CLASSES, "\n"));
    return cases.stream()
        .flatMap(it -> it.lines().stream())
        .filter(line -> !line.startsWith(CLASSES))
        .collect(joining("\n", "", "\n" + classes));
  }

  private static List<String> without(List<String> list, int at) {
    var rest = new ArrayList<>(list);
    rest.remove(at);
    return rest;
  }

  @Override
  public String toString() {
    return "main.cf:\n%s\n-o %s\nasked: %s".formatted(String.join("\n", lines), options, asked);
  }
}
