package dev.mailservice.maincf;

import dev.mailservice.maincf.Expression.Arm;
import dev.mailservice.maincf.Expression.Compare;
import dev.mailservice.maincf.Expression.Malformed;
import dev.mailservice.maincf.Expression.Part;
import dev.mailservice.maincf.Expression.Test;
import dev.mailservice.maincf.Expression.Text;
import dev.mailservice.maincf.Expression.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a file, the command line and the defaults say together. Immutable; expansion is a pure
 * function of it.
 *
 * <p>The order of precedence is Postfix's: {@code -o name=value}, the last one wins, then the file,
 * then the default.
 */
public final class Configuration {
  private static final long REASONABLE_WORK = 4L << 20;

  private final MainCf file;
  private final Map<String, Definition> overrides;
  private final Map<String, Definition> defaults;
  private final Set<String> raw;

  private Configuration(
      MainCf file,
      Map<String, Definition> overrides,
      Map<String, Definition> defaults,
      Set<String> raw) {
    this.file = file;
    this.overrides = overrides;
    this.defaults = defaults;
    this.raw = raw;
  }

  /** The file, with the defaults of these parameters behind it. */
  public static Configuration of(MainCf file, Iterable<? extends Parameter<?>> parameters) {
    var defaults = new HashMap<String, Definition>();
    var raw = new HashSet<String>();
    for (Parameter<?> parameter : parameters) {
      if (parameter.type().raw()) {
        raw.add(parameter.name());
      }
      defaults.put(
          parameter.name(), Definition.ofDefault(parameter.name(), parameter.defaultExpression()));
    }
    return new Configuration(file, Map.of(), Map.copyOf(defaults), Set.copyOf(raw));
  }

  /**
   * This configuration with one more {@code -o name=value}, which wins over all before it.
   *
   * @param assignment {@code name=value} or <code>{ name = value }</code>
   * @throws MainCfException if it is neither
   */
  public Configuration override(String assignment) {
    Definition definition = Definition.ofOption(assignment);
    var more = new LinkedHashMap<>(overrides);
    more.put(definition.name(), definition);
    return new Configuration(file, more, defaults, raw);
  }

  /** This configuration under stress, as Postfix's master starts a server then. */
  public Configuration stressed() {
    return override("stress=yes");
  }

  /** This configuration without stress. */
  public Configuration calm() {
    return override("stress=");
  }

  /**
   * Every value that changes under stress, of all that is set or has a default here, sorted by
   * name; {@code stress} itself is left out, and what is expanded only when it is used.
   *
   * @throws MainCfException if a value cannot be expanded
   */
  public List<StressDependent> dependingOnStress() {
    var all = new TreeSet<>(names());
    all.addAll(defaults.keySet());
    all.remove("stress");
    all.removeAll(raw);
    Configuration calm = calm();
    Configuration stressed = stressed();
    return all.stream().flatMap(name -> StressDependent.of(name, calm, stressed).stream()).toList();
  }

  /**
   * How this parameter's value changes under stress; empty if it does not.
   *
   * @throws MainCfException if the value cannot be expanded
   */
  public Optional<StressDependent> dependsOnStress(String name) {
    return StressDependent.of(name, calm(), stressed());
  }

  /** This configuration with another default, for what only the running machine can know. */
  public Configuration withDefault(String name, String expression) {
    return withDefaults(Map.of(name, expression));
  }

  /** This configuration with other defaults, by name. */
  public Configuration withDefaults(Map<String, String> expressions) {
    var more = new HashMap<>(defaults);
    expressions.forEach((name, value) -> more.put(name, Definition.ofDefault(name, value)));
    return new Configuration(file, overrides, more, raw);
  }

  /** The file as a place, for what is missing from it. */
  public Position wholeFile() {
    return file.wholeFile();
  }

  /** This configuration without any default, as Postfix reads names that it needs very early. */
  public Configuration withoutDefaults() {
    return new Configuration(file, overrides, Map.of(), raw);
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
    String value = parameter.type().raw() ? definition.value() : expand(definition, work());
    try {
      return parameter.type().read(parameter.name(), value);
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
    return definition(name).map(definition -> expand(definition, work()));
  }

  /**
   * The expanded text of a parameter's default, as it would be if nobody set the parameter; empty
   * if it has none.
   *
   * @throws MainCfException if the default cannot be expanded with what is set
   */
  public Optional<String> expandDefault(String name) {
    return Optional.ofNullable(defaults.get(name)).map(definition -> expand(definition, work()));
  }

  /** A parameter's text before expansion; empty if nobody defines it. */
  public Optional<String> value(String name) {
    return definition(name).map(Definition::value);
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

  /** All names that any value or default refers to, whichever way its conditions go; sorted. */
  public Set<String> references() {
    var references = new TreeSet<String>();
    for (String name : names()) {
      references.addAll(references(name));
    }
    for (String name : defaults.keySet()) {
      references.addAll(references(name));
    }
    return references;
  }

  /** The names that this parameter's value refers to, whichever way its conditions go; sorted. */
  public Set<String> references(String name) {
    var references = new TreeSet<String>();
    visit(
        name,
        (definition, part) -> {
          switch (part) {
            case Use use -> references.add(use.name());
            case Test test -> references.add(test.name());
            case Text text -> {}
            case Compare compare -> {}
            case Malformed malformed -> {}
          }
        });
    return references;
  }

  /**
   * What is malformed in this parameter's value, also where no evaluation comes by, neither calm
   * nor stressed.
   */
  public List<Diagnostic> malformed(String name) {
    var found = new ArrayList<Diagnostic>();
    visit(
        name,
        (definition, part) -> {
          if (part instanceof Malformed malformed) {
            found.add(Expansion.diagnostic(definition, malformed));
          }
        });
    return found;
  }

  private void visit(String name, BiConsumer<Definition, Part> visitor) {
    definition(name)
        .ifPresent(
            definition ->
                visit(
                    ExpressionParser.parse(definition.value()),
                    part -> visitor.accept(definition, part)));
  }

  /**
   * The value at which it shows that all values together would make more than a machine can be
   * asked to hold; empty if they do not. Whoever reads many values of a file that a stranger wrote
   * asks this first.
   */
  public Optional<Diagnostic> unreasonable() {
    Expansion.Work all = work();
    for (String name : names()) {
      Definition definition = definition(name).orElseThrow();
      if (!raw.contains(name)) {
        try {
          var unused = expand(definition, all);
        } catch (MainCfException e) {
          if (all.isExceeded()) {
            return Optional.of(e.diagnostic());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static void visit(Expression expression, Consumer<Part> visitor) {
    for (Part part : expression.parts()) {
      visitor.accept(part);
      switch (part) {
        case Test test -> visit(test.arms(), visitor);
        case Compare compare -> {
          visit(compare.left(), visitor);
          visit(compare.right(), visitor);
          visit(compare.arms(), visitor);
        }
        case Text text -> {}
        case Use use -> {}
        case Malformed malformed -> {}
      }
    }
  }

  private static void visit(List<Arm> arms, Consumer<Part> visitor) {
    arms.forEach(arm -> visit(arm.expression(), visitor));
  }

  private String expand(Definition definition, Expansion.Work work) {
    return Expansion.of(definition, this::definition, work);
  }

  /** Enough for every value that says something, and in proportion to the file. */
  private Expansion.Work work() {
    return new Expansion.Work(REASONABLE_WORK + 4L * file.length());
  }

  private Optional<Definition> definition(String name) {
    Definition override = overrides.get(name);
    if (override != null) {
      return Optional.of(override);
    }
    return file.definition(name).or(() -> Optional.ofNullable(defaults.get(name)));
  }
}
