package dev.mailservice.maincf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a file, the command line and the defaults say together. Immutable; expansion is a pure
 * function of it.
 *
 * <p>The order of precedence is Postfix's: {@code -o name=value}, the last one wins, then the file,
 * then the default.
 */
public final class Configuration {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,19}");

  private final MainCf file;
  private final Map<String, Definition> overrides;
  private final Map<String, Definition> defaults;

  private Configuration(
      MainCf file, Map<String, Definition> overrides, Map<String, Definition> defaults) {
    this.file = file;
    this.overrides = overrides;
    this.defaults = defaults;
  }

  /** The file, with the defaults of these parameters behind it. */
  public static Configuration of(MainCf file, Iterable<? extends Parameter<?>> parameters) {
    var defaults = new HashMap<String, Definition>();
    for (Parameter<?> parameter : parameters) {
      defaults.put(
          parameter.name(), Definition.ofDefault(parameter.name(), parameter.defaultExpression()));
    }
    return new Configuration(file, Map.of(), Map.copyOf(defaults));
  }

  /**
   * This configuration with one more {@code -o name=value}, which wins over all before it.
   *
   * @param assignment {@code name=value} or <code>{ name = value }</code>
   * @throws MainCfException if it is neither
   */
  public Configuration override(String assignment) {
    String text = LogicalLine.stripSpace(assignment);
    if (text.startsWith("{") && text.endsWith("}")) {
      text = LogicalLine.stripSpace(text.substring(1, text.length() - 1));
    }
    Definition definition = Definition.parse(LogicalLine.of(text), Definition.Origin.COMMAND_LINE);
    var more = new LinkedHashMap<>(overrides);
    more.put(definition.name(), definition);
    return new Configuration(file, more, defaults);
  }

  /** This configuration with another default, for what only the running machine can know. */
  public Configuration withDefault(String name, String expression) {
    var more = new HashMap<>(defaults);
    more.put(name, Definition.ofDefault(name, expression));
    return new Configuration(file, overrides, more);
  }

  /**
   * A parameter's value in its type.
   *
   * @throws MainCfException if the value cannot be expanded or is not of the type
   */
  public <T> T get(Parameter<T> parameter) {
    Definition definition =
        definition(parameter.name())
            .orElseGet(() -> Definition.ofDefault(parameter.name(), parameter.defaultExpression()));
    try {
      return parameter.type().read(parameter.name(), expand(definition, new LinkedHashSet<>()));
    } catch (IllegalArgumentException e) {
      throw MainCfException.at(definition.position(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * A parameter's expanded text; empty if nobody defines it.
   *
   * @throws MainCfException if the value cannot be expanded
   */
  public Optional<String> expand(String name) {
    return definition(name).map(definition -> expand(definition, new LinkedHashSet<>()));
  }

  /** Whether the file or the command line sets it. */
  public boolean isSet(String name) {
    return overrides.containsKey(name) || file.definition(name).isPresent();
  }

  /** Where the value stands that counts; empty if nobody defines it. */
  public Optional<Position> position(String name) {
    return definition(name).map(Definition::position);
  }

  /** The names that the file and the command line set, sorted. */
  public Set<String> names() {
    var names = new TreeSet<>(overrides.keySet());
    file.definitions().forEach(definition -> names.add(definition.name()));
    return names;
  }

  /**
   * All names that any value refers to, whichever way its conditions go.
   *
   * @throws MainCfException if a value is malformed
   */
  public Set<String> references() {
    var references = new TreeSet<String>();
    for (String name : names()) {
      definition(name).ifPresent(it -> collect(ExpressionParser.parse(it), references));
    }
    defaults.values().forEach(it -> collect(ExpressionParser.parse(it), references));
    return references;
  }

  private static void collect(Expression expression, Set<String> into) {
    switch (expression) {
      case Expression.Text text -> {}
      case Expression.Reference(String name) -> into.add(name);
      case Expression.Sequence(List<Expression> parts) ->
          parts.forEach(part -> collect(part, into));
      case Expression.IfSet(String name, Expression then, Expression otherwise) -> {
        into.add(name);
        collect(then, into);
        collect(otherwise, into);
      }
      case Expression.IfCompares compares -> {
        collect(compares.left(), into);
        collect(compares.right(), into);
        collect(compares.then(), into);
        collect(compares.otherwise(), into);
      }
    }
  }

  private Optional<Definition> definition(String name) {
    Definition override = overrides.get(name);
    if (override != null) {
      return Optional.of(override);
    }
    return file.definition(name).or(() -> Optional.ofNullable(defaults.get(name)));
  }

  private String expand(Definition definition, SequencedSet<String> within) {
    if (!within.add(definition.name())) {
      var circle = new ArrayList<>(within);
      circle.add(definition.name());
      throw MainCfException.at(
          definition.position(),
          "unreasonable macro call nesting: %s".formatted(String.join(" -> ", circle)));
    }
    var out = new StringBuilder();
    expand(ExpressionParser.parse(definition), within, out);
    within.removeLast();
    return out.toString();
  }

  private void expand(Expression expression, SequencedSet<String> within, StringBuilder out) {
    switch (expression) {
      case Expression.Text(String text) -> out.append(text);
      case Expression.Reference(String name) -> out.append(value(name, within));
      case Expression.Sequence(List<Expression> parts) ->
          parts.forEach(part -> expand(part, within, out));
      case Expression.IfSet(String name, Expression then, Expression otherwise) ->
          expand(value(name, within).isEmpty() ? otherwise : then, within, out);
      case Expression.IfCompares compares -> {
        String left = expanded(compares.left(), within);
        String right = expanded(compares.right(), within);
        boolean holds = compares.operator().holds(compare(left, right));
        expand(holds ? compares.then() : compares.otherwise(), within, out);
      }
    }
  }

  private String expanded(Expression expression, SequencedSet<String> within) {
    var out = new StringBuilder();
    expand(expression, within, out);
    return out.toString();
  }

  private String value(String name, SequencedSet<String> within) {
    return definition(name).map(definition -> expand(definition, within)).orElse("");
  }

  private static int compare(String left, String right) {
    if (NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches()) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return left.compareTo(right);
  }
}
