package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tables that are searched in order, the first answer wins: the value of {@code
 * relay_recipient_maps} or what follows {@code check_recipient_access}. Follows Postfix's maps(3).
 */
public final class Maps {
  private final String title;
  private final List<Member> members;

  private record Member(String name, LookupTable table) {}

  private Maps(String title, List<Member> members) {
    this.title = title;
    this.members = List.copyOf(members);
  }

  /**
   * Opens each table of a list.
   *
   * @param title the parameter's name, for messages
   * @param value the list, expanded
   * @param at where the value stands
   * @param folding whether keys are looked up in lower case
   */
  public static Loaded<Maps> open(
      String title, String value, Position at, Tables tables, Folding folding) {
    var findings = new Findings();
    var members = new ArrayList<Member>();
    for (String word : Tokens.splitOutsideBraces(value)) {
      Loaded<LookupTable> opened = tables.open(word, at, folding);
      opened.diagnostics().forEach(it -> findings.add(it, title));
      members.add(new Member(word, opened.value()));
    }
    return findings.with(new Maps(title, members));
  }

  /** Whether there is no table in it. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /**
   * Looks up one key.
   *
   * @return the first table's answer that has one; empty if none has, or if the key is empty
   * @throws LookupFailure if a table fails before one has an answer, or if an answer is empty
   */
  public Optional<String> find(SearchKey key) {
    if (key.text().isEmpty()) {
      return Optional.empty();
    }
    for (Member member : members) {
      if (key.partial() && member.table().keys() == LookupTable.Keys.PATTERN) {
        continue;
      }
      Optional<String> answer = member.table().lookup(key.text());
      if (answer.isPresent()) {
        if (answer.get().isEmpty()) {
          throw new LookupFailure(
              "%s: %s: lookup of %s returns an empty string, want: no result where nothing is found"
                  .formatted(title, member.name(), key.text()));
        }
        return answer;
      }
    }
    return Optional.empty();
  }

  /**
   * Looks up keys until one is found.
   *
   * @param keys from {@link AccessKeys} or {@link AddressKeys}
   * @throws LookupFailure as {@link #find(SearchKey)} does
   */
  public Optional<Hit> search(Iterable<SearchKey> keys) {
    for (SearchKey key : keys) {
      Optional<String> value = find(key);
      if (value.isPresent()) {
        return Optional.of(new Hit(key.text(), value.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * What a search found.
   *
   * @param key the key that is in a table
   * @param value what stands beside it
   */
  public record Hit(String key, String value) {}
}
