package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Braces;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Opens tables by {@code type:name}; Postfix's dict_open. */
public final class Tables {
  /** Beyond what anybody writes; keeps a nested name from exhausting the stack. */
  private static final int DEEPEST = 50;

  private static final String SUPPORTED =
      "texthash, inline, static, cidr, regexp, pcre, unionmap, pipemap, randmap, socketmap, tcp or"
          + " fail";

  private final TableSource source;
  private final NetworkTables network;
  private final RandomGenerator random;

  /**
   * @param source reads files
   * @param network connects to servers
   * @param random chooses among the answers of {@code randmap:}
   */
  public Tables(TableSource source, NetworkTables network, RandomGenerator random) {
    this.source = source;
    this.network = network;
    this.random = random;
  }

  TableSource source() {
    return source;
  }

  /**
   * Opens a table. It never fails: a table that cannot be opened fails at every lookup, and the
   * diagnostics say why.
   *
   * @param reference the table
   * @param at where the configuration names it, for what is wrong with the name itself
   * @param folding whether keys are looked up in lower case
   */
  public Loaded<LookupTable> open(TableReference reference, Position at, Folding folding) {
    var findings = new Findings();
    return findings.with(open(reference, new Opening(at, folding, findings), 0));
  }

  /** As {@link #open(TableReference, Position, Folding)}, for what may be no {@code type:name}. */
  Loaded<LookupTable> open(String text, Position at, Folding folding) {
    try {
      return open(TableReference.parse(text), at, folding);
    } catch (IllegalArgumentException e) {
      var findings = new Findings();
      findings.error(at, String.valueOf(e.getMessage()));
      return findings.with(FailingTable.because(String.valueOf(e.getMessage())));
    }
  }

  private record Opening(Position at, Folding folding, Findings findings) {
    boolean folds() {
      return folding == Folding.FIXED;
    }
  }

  private LookupTable open(TableReference reference, Opening opening, int depth) {
    LookupTable table;
    try {
      if (depth > DEEPEST) {
        throw new IllegalArgumentException("tables are nested more than " + DEEPEST + " deep");
      }
      table = openType(reference, opening, depth);
    } catch (IllegalArgumentException e) {
      opening.findings().error(opening.at(), String.valueOf(e.getMessage()));
      return FailingTable.because(reference + ": " + e.getMessage());
    }
    return opening.folds() && table.keys() == LookupTable.Keys.FIXED
        ? new FoldingTable(table)
        : table;
  }

  private LookupTable openType(TableReference reference, Opening opening, int depth) {
    String name = reference.name();
    return switch (reference.type()) {
      case "texthash" ->
          FixedTable.ofLines(file(name, opening), opening.folds(), opening.findings());
      case "hash", "btree", "lmdb", "cdb", "dbm", "sdbm" -> indexed(reference, opening);
      case "inline" -> FixedTable.inline(name, opening.folds(), opening.at(), opening.findings());
      case "static" -> StaticTable.of(name);
      case "cidr" -> CidrTable.ofLines(rules(reference, opening), opening.findings());
      case "regexp" ->
          PatternTable.ofLines(
              RuleSyntax.REGEXP, reference, rules(reference, opening), opening.findings());
      case "pcre" ->
          PatternTable.ofLines(
              RuleSyntax.PCRE, reference, rules(reference, opening), opening.findings());
      case "unionmap" -> new UnionTable(members(reference, opening, depth));
      case "pipemap" -> new PipeTable(members(reference, opening, depth));
      case "randmap" -> new RandomTable(words(reference, "value"), random);
      case "proxy" -> open(TableReference.parse(name), opening, depth + 1);
      case "debug" -> {
        opening.findings().warning(opening.at(), "debug: lookups in " + name + " are not logged");
        yield open(TableReference.parse(name), opening, depth + 1);
      }
      case "fail" -> FailingTable.because(reference + ": this table always fails");
      case "socketmap", "tcp" -> network.open(reference);
      default -> throw unsupported(reference.type());
    };
  }

  private static IllegalArgumentException unsupported(String type) {
    String instead =
        switch (type) {
          case "ldap",
              "mysql",
              "pgsql",
              "sqlite",
              "mongodb",
              "memcache",
              "nis",
              "nisplus",
              "netinfo" ->
              "put a socketmap: or tcp: server in front of the database";
          case "unix", "environ", "internal" ->
              "a pod has no accounts or variables that are mail's, name the keys in texthash: or"
                  + " inline:";
          default -> "want: " + SUPPORTED;
        };
    return new IllegalArgumentException(
        "unsupported dictionary type: %s, %s".formatted(type, instead));
  }

  /** Keys of an index are always in lower case: that is how postmap(1) makes one. */
  private LookupTable indexed(TableReference reference, Opening opening) {
    List<TableLine> lines = file(reference.name(), opening);
    opening
        .findings()
        .warning(
            opening.at(),
            "%s: the text file %s itself is read, no index; texthash:%s says so"
                .formatted(reference, reference.name(), reference.name()));
    return FixedTable.ofLines(lines, true, opening.findings());
  }

  private List<TableLine> file(String name, Opening opening) {
    try {
      return TableLine.ofFile(name, source.read(name), opening.findings());
    } catch (TableSource.Unreadable e) {
      throw new IllegalArgumentException("open %s: %s".formatted(name, e.reason()), e);
    }
  }

  /** The rules of a file, or those that stand in the name itself, each in braces. */
  private List<TableLine> rules(TableReference reference, Opening opening) {
    if (!reference.name().startsWith("{")) {
      return file(reference.name(), opening);
    }
    try {
      List<String> rules =
          Tokens.splitOutsideBraces(Braces.content(reference.name())).stream()
              .map(word -> TableLine.trim(Braces.content(word)))
              .toList();
      return TableLine.ofRules(opening.at(), rules, opening.findings());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(reference.type() + " map: " + e.getMessage(), e);
    }
  }

  private List<LookupTable> members(TableReference reference, Opening opening, int depth) {
    var members = new ArrayList<LookupTable>();
    for (String word : words(reference, "type:name")) {
      if (word.indexOf(':') < 0) {
        throw badSyntax(reference, "type:name");
      }
      members.add(open(TableReference.parse(word), opening, depth + 1));
    }
    return members;
  }

  private static List<String> words(TableReference reference, String what) {
    List<String> words;
    try {
      words = Tokens.splitOutsideBraces(Braces.content(reference.name()));
    } catch (IllegalArgumentException e) {
      throw badSyntax(reference, what);
    }
    if (words.isEmpty()) {
      throw badSyntax(reference, what);
    }
    return words;
  }

  private static IllegalArgumentException badSyntax(TableReference reference, String what) {
    return new IllegalArgumentException(
        "bad syntax: \"%s\"; need \"%s:{%s...}\"".formatted(reference, reference.type(), what));
  }
}
