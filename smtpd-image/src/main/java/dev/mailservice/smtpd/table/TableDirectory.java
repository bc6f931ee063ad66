package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.AccessParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.maincf.table.Folding;
import dev.mailservice.maincf.table.Loaded;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.maincf.table.ParentDomains;
import dev.mailservice.maincf.table.PatternList;
import dev.mailservice.maincf.table.TableSource;
import dev.mailservice.maincf.table.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Opens the tables and lists that a configuration names, each once, and keeps them up to date.
 * Opening is for one thread; what was opened is for all.
 */
public final class TableDirectory {
  /** A kubelet takes a minute to write a changed ConfigMap; a second more is not noticed. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private static final Pattern REFERENCE = Pattern.compile("\\$(\\w+)|\\$\\{(\\w+):\\$(\\w+)\\}");

  private final TableFiles files;
  private final NetworkTables network;
  private final Consumer<String> warnings;
  private final LongSupplier nanoTime;

  /** Calm and stressed share what they name alike, so that its reload is logged once. */
  private final Map<Named, Reloading<Maps>> maps = new LinkedHashMap<>();

  private final Map<Named, Reloading<PatternList>> lists = new LinkedHashMap<>();

  private final Map<Object, Reloading<?>> others = new LinkedHashMap<>();

  private record Named(String parameter, String value, ParentDomains parents) {
    /** Written out, as {@code equals} is: what a record has by itself is in no AOT cache. */
    @Override
    public int hashCode() {
      return Objects.hash(parameter, value, parents);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Named it
          && parameter.equals(it.parameter)
          && value.equals(it.value)
          && parents == it.parents;
    }
  }

  /**
   * @param files where tables are read from
   * @param network connects to servers
   * @param warnings the log
   * @param nanoTime a clock that only runs forward
   */
  public TableDirectory(
      TableFiles files, NetworkTables network, Consumer<String> warnings, LongSupplier nanoTime) {
    this.files = files;
    this.network = network;
    this.warnings = warnings;
    this.nanoTime = nanoTime;
  }

  private Tables tables(TableSource source) {
    return new Tables(source, network, RandomGenerator.getDefault());
  }

  /**
   * The tables that a parameter names.
   *
   * @throws dev.mailservice.maincf.MainCfException if its value cannot be expanded
   */
  public Reloading<Maps> maps(Configuration main, String parameter) {
    return maps(parameter, value(main, parameter), position(main, parameter));
  }

  /**
   * A list of lookup tables.
   *
   * @param parameter the parameter's name
   * @param value its value, expanded
   * @param at where the value stands
   */
  public Reloading<Maps> maps(String parameter, String value, Position at) {
    return maps.computeIfAbsent(
        new Named(parameter, value, ParentDomains.BY_NAME),
        it ->
            new Reloading<>(
                source -> Maps.open(parameter, value, at, tables(source), Folding.FIXED),
                files,
                warnings,
                nanoTime,
                LOOK_INTERVAL));
  }

  /**
   * One table that a list of restrictions names.
   *
   * @param parameter the list's parameter
   * @param reference {@code type:name}, as the configuration has it
   */
  public Reloading<Maps> accessTable(Configuration main, String parameter, String reference) {
    return maps(parameter, text(reference), position(main, parameter));
  }

  /**
   * The match list that a parameter holds, with subdomains if {@code
   * parent_domain_matches_subdomains} says so.
   *
   * @throws dev.mailservice.maincf.MainCfException if its value cannot be expanded
   */
  public Reloading<PatternList> patterns(Configuration main, String name) {
    String parameter = meant(main, name);
    boolean byName =
        main.get(AccessParameters.PARENT_DOMAIN_MATCHES_SUBDOMAINS).contains(parameter);
    return patterns(
        parameter,
        value(main, parameter),
        position(main, parameter),
        byName ? ParentDomains.BY_NAME : ParentDomains.BY_DOT);
  }

  /**
   * A parameter that is by default another's value is that other: its tables are read, and what is
   * wrong with them is told, once.
   */
  private static String meant(Configuration main, String name) {
    Parameter<?> parameter = SmtpdParameters.named(name).orElse(null);
    if (parameter == null || main.isSet(name)) {
      return name;
    }
    Matcher reference = REFERENCE.matcher(parameter.defaultExpression());
    if (!reference.matches()) {
      return name;
    }
    String other = reference.group(1) != null ? reference.group(1) : reference.group(3);
    boolean applies =
        reference.group(2) == null || main.expand(reference.group(2)).orElse("").isEmpty();
    return applies ? meant(main, other) : name;
  }

  /**
   * A match list.
   *
   * @param parameter the parameter's name
   * @param value its value, expanded
   * @param at where the value stands
   * @param parents whether {@code parent_domain_matches_subdomains} names the parameter
   */
  public Reloading<PatternList> patterns(
      String parameter, String value, Position at, ParentDomains parents) {
    return lists.computeIfAbsent(
        new Named(parameter, value, parents),
        it ->
            new Reloading<>(
                source -> PatternList.parse(parameter, value, at, tables(source), parents),
                files,
                warnings,
                nanoTime,
                LOOK_INTERVAL));
  }

  /**
   * Something else that is made of files.
   *
   * @param key what it is made of; the same is opened once
   * @param reader makes it from files
   */
  @SuppressWarnings("unchecked") // One key, one reader.
  public <T> Reloading<T> files(Object key, Function<TableSource, Loaded<T>> reader) {
    return (Reloading<T>)
        others.computeIfAbsent(
            key, it -> new Reloading<>(reader, files, warnings, nanoTime, LOOK_INTERVAL));
  }

  /**
   * All there was to say about tables and lists when they were opened, each thing once: what a
   * parameter has from another by default was said of the other.
   */
  public List<Diagnostic> diagnostics() {
    List<Diagnostic> all =
        Stream.of(lists.values(), maps.values(), others.values())
            .flatMap(Collection::stream)
            .flatMap(it -> it.first().diagnostics().stream())
            .sorted((one, other) -> Boolean.compare(isNowhere(one), isNowhere(other)))
            .toList();
    var told = new ArrayList<Diagnostic>();
    for (Diagnostic diagnostic : all) {
      if (told.stream().noneMatch(it -> saysTheSame(it, diagnostic))) {
        told.add(diagnostic);
      }
    }
    return told;
  }

  private static boolean isNowhere(Diagnostic diagnostic) {
    return diagnostic.position().line() == 0;
  }

  private static boolean saysTheSame(Diagnostic one, Diagnostic other) {
    return withoutParameter(one).equals(withoutParameter(other))
        && (one.position().equals(other.position()) || other.position().line() == 0);
  }

  private static String withoutParameter(Diagnostic diagnostic) {
    return diagnostic.message().replaceFirst("^\\w+: ", "");
  }

  /** Tables are UTF-8, and what stands in {@code main.cf} itself is a string of its bytes. */
  private static String value(Configuration main, String parameter) {
    return text(main.expand(parameter).orElse(""));
  }

  private static String text(String bytes) {
    if (bytes.chars().anyMatch(c -> c > 0xff)) {
      return bytes;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return bytes;
    }
  }

  private static Position position(Configuration main, String parameter) {
    return main.position(parameter).orElseThrow();
  }
}
