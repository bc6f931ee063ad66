package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Position;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list of names, addresses, networks and tables, the first that matches decides: {@code
 * mynetworks}, {@code mydestination}, {@code relay_domains}, {@code
 * smtpd_client_event_limit_exceptions}. Follows Postfix's match_list(3) and match_ops(3).
 *
 * <p>Words may be turned round by {@code !}; {@code /file/name} stands for the words in that file;
 * {@code type:table} matches what is in the table. Case does not matter.
 */
public final class PatternList {
  private final ParentDomains parents;
  private final List<Pattern> patterns;

  PatternList(ParentDomains parents, List<Pattern> patterns) {
    this.parents = parents;
    this.patterns = List.copyOf(patterns);
  }

  /** One word of the list, negated or not. */
  record Pattern(boolean positive, Matcher matcher) {}

  sealed interface Matcher {}

  /**
   * A name, an address, or a network if it is one.
   *
   * @param text in lower case
   */
  record Word(String text, Network network) implements Matcher {}

  /** What a word means where addresses are matched. */
  sealed interface Network {
    record None() implements Network {}

    record Block(CidrPattern pattern) implements Network {}

    record Broken(String message) implements Network {}
  }

  record Table(LookupTable table) implements Matcher {}

  /**
   * Reads a list.
   *
   * @param parameter the parameter's name, for messages
   * @param value the list, expanded
   * @param at where the value stands
   * @param tables opens files and tables
   * @param parents whether {@code parent_domain_matches_subdomains} names the parameter
   */
  public static Loaded<PatternList> parse(
      String parameter, String value, Position at, Tables tables, ParentDomains parents) {
    var findings = new Findings();
    var reader = new PatternWords(parameter, tables, findings);
    return findings.with(new PatternList(parents, reader.read(value, at)));
  }

  /**
   * Whether a domain or host name is in the list.
   *
   * @param name without a final dot
   * @throws LookupFailure if a table fails before a word matches
   */
  public boolean matchesName(String name) {
    String folded = CaseFold.fold(name);
    return decide(matcher -> isName(matcher, folded));
  }

  /**
   * Whether an IP address is in the list.
   *
   * @param address as text, without brackets
   * @throws LookupFailure if a table fails, or a malformed network is met, before a word matches
   */
  public boolean matchesAddress(String address) {
    String folded = CaseFold.fold(address);
    return decide(matcher -> isAddress(matcher, folded));
  }

  /**
   * Whether a client is in the list, by its name or its address; each word is tried on both.
   *
   * @throws LookupFailure as {@link #matchesName} and {@link #matchesAddress} do
   */
  public boolean matchesClient(String name, String address) {
    String foldedName = CaseFold.fold(name);
    String foldedAddress = CaseFold.fold(address);
    return decide(matcher -> isName(matcher, foldedName) || isAddress(matcher, foldedAddress));
  }

  /**
   * Whether a text is in the list, as a whole.
   *
   * @throws LookupFailure if a table fails before a word matches
   */
  public boolean matchesString(String text) {
    String folded = CaseFold.fold(text);
    return decide(
        matcher ->
            switch (matcher) {
              case Word(String word, Network network) -> word.equals(folded);
              case Table(LookupTable table) -> table.lookup(folded).isPresent();
            });
  }

  private boolean decide(Predicate<Matcher> matches) {
    for (Pattern pattern : patterns) {
      if (matches.test(pattern.matcher())) {
        return pattern.positive();
      }
    }
    return false;
  }

  private boolean isName(Matcher matcher, String name) {
    return switch (matcher) {
      case Word(String word, Network network) -> word.equals(name) || isParent(word, name);
      case Table(LookupTable table) ->
          table.keys() == LookupTable.Keys.FIXED
              ? parents.of(name).stream().anyMatch(it -> table.lookup(it).isPresent())
              : !name.isEmpty() && table.lookup(name).isPresent();
    };
  }

  private boolean isParent(String word, String name) {
    String suffix = parents == ParentDomains.BY_NAME ? "." + word : word;
    return suffix.startsWith(".") && name.length() > suffix.length() && name.endsWith(suffix);
  }

  private static boolean isAddress(Matcher matcher, String address) {
    if (!address.chars().allMatch(c -> "0123456789.abcdef:".indexOf(c) >= 0)) {
      return false;
    }
    return switch (matcher) {
      case Table(LookupTable table) -> table.lookup(address).isPresent();
      case Word(String word, Network network) -> {
        if (word.equals(address) || word.equals("[" + address + "]")) {
          yield true;
        }
        if (address.indexOf(':') >= 0 != word.indexOf(':') >= 0) {
          yield false;
        }
        yield switch (network) {
          case Network.None none -> false;
          case Network.Block(CidrPattern block) ->
              HostAddress.parse(address).filter(block::contains).isPresent();
          case Network.Broken(String message) -> throw new LookupFailure(message);
        };
      }
    };
  }
}
