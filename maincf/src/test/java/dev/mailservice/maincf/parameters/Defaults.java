package dev.mailservice.maincf.parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names and defaults, here and in Postfix, and what is to be said of how they compare. */
final class Defaults {
  private Defaults() {}

  /** All names that are known here, with their defaults before expansion. */
  static Map<String, String> here() {
    var defaults = new TreeMap<String, String>();
    SmtpdParameters.all().forEach(it -> defaults.put(it.name(), it.defaultExpression()));
    for (String name : PostfixParameters.names()) {
      defaults.put(name, PostfixParameters.defaultExpression(name).orElseThrow());
    }
    return defaults;
  }

  /**
   * What {@code postconf -d} printed, by name; an output line is {@code name = value}.
   *
   * @throws IllegalArgumentException if a line is something else
   */
  static Map<String, String> printed(String output) {
    return output
        .lines()
        .map(line -> line.split(" =", 2))
        .peek(
            it -> {
              if (it.length != 2) {
                throw new IllegalArgumentException("not name = value: " + it[0]);
              }
            })
        .collect(
            Collectors.toMap(
                it -> it[0], it -> it[1].strip(), (first, second) -> second, TreeMap::new));
  }

  /**
   * What differs and is not listed, and what is listed and does not differ, one sentence each.
   *
   * @param here names and defaults of this library
   * @param postfix names and defaults that Postfix printed
   */
  static List<String> surprises(
      Map<String, String> here, Map<String, String> postfix, List<DefaultDifference> listed) {
    var differences = listed.stream().collect(Collectors.toMap(DefaultDifference::name, it -> it));
    var names = new TreeSet<String>();
    names.addAll(here.keySet());
    names.addAll(postfix.keySet());
    names.addAll(differences.keySet());
    var surprises = new ArrayList<String>();
    for (String name : names) {
      surprise(
              name,
              Optional.ofNullable(here.get(name)),
              Optional.ofNullable(postfix.get(name)),
              Optional.ofNullable(differences.get(name)))
          .ifPresent(surprises::add);
    }
    return surprises;
  }

  private static Optional<String> surprise(
      String name,
      Optional<String> here,
      Optional<String> postfix,
      Optional<DefaultDifference> listed) {
    if (here.isEmpty()) {
      return Optional.of(name + " is not known here");
    }
    if (listed.isEmpty()) {
      return here.equals(postfix)
          ? Optional.empty()
          : Optional.of(
              "%s is \"%s\" here and \"%s\" in Postfix, and not listed"
                  .formatted(name, here.get(), postfix.orElse("(nothing)")));
    }
    if (listed.get().onMachine()) {
      return postfix.isPresent()
          ? Optional.empty()
          : Optional.of(name + " is listed as reckoned from the machine, and Postfix has none");
    }
    if (!listed.get().reference().equals(postfix)) {
      return Optional.of(
          "%s is listed as \"%s\" in Postfix, which has \"%s\""
              .formatted(
                  name, listed.get().reference().orElse("(nothing)"), postfix.orElse("(nothing)")));
    }
    return here.equals(postfix)
        ? Optional.of(name + " is listed and does not differ")
        : Optional.empty();
  }
}
